import { type CustomerScope, covers } from '../../domain/actor.ts';
import type { Customer } from '../../domain/inventory.ts';
import { looksLikeId } from '../../domain/short-id.ts';
import { SEVERITY_RANK } from './advance-alert.ts';
import type { AlertGroup } from './alert.ts';
import type { HistoryFilter } from './alert-service.ts';
import type { AlertBoard, AlertStore } from './ports.ts';

/** Going on or ended. */
export async function findGroup(store: AlertStore, id: string): Promise<AlertGroup | undefined> {
  if (!looksLikeId(id)) {
    return undefined;
  }
  const place = await store.locate(id);
  const board = place && (await store.board(place.customer, place.environment));
  // One that has just ended may not be in the archive yet.
  const ended = board?.untold.findLast(({ group }) => group.id === id)?.group;
  return board?.groups.find((group) => group.id === id) ?? ended ?? (await store.findArchived(id));
}

export interface OpenGroupsDeps {
  readonly store: AlertStore;
  customers(): readonly Customer[];
}

/** Those that are told to somebody before those that are not, worst first, then the oldest. */
export async function openGroups(
  { store, customers }: OpenGroupsDeps,
  scope: CustomerScope,
  environment?: string,
): Promise<readonly AlertGroup[]> {
  const boards = await boardsOf({ store, customers }, scope, environment);
  return boards.flatMap(({ groups }) => groups).toSorted(worstFirst);
}

const MOST_OF_TIME = 200;

/** Those that have begun in a time, going on or ended, newest first. */
export async function groupsOfTime(
  deps: OpenGroupsDeps,
  scope: CustomerScope,
  { environment, from, until }: HistoryFilter,
): Promise<readonly AlertGroup[]> {
  const boards = await boardsOf(deps, scope, environment);
  const archived = await deps.store.archived({ customers: scope, environment, from, until });
  // One that has just ended may not be in the archive yet.
  const ended = boards.flatMap(({ untold }) => untold.map(({ group }) => group)).filter(({ endedAt }) => endedAt);
  const going = boards.flatMap(({ groups }) => groups);
  const known = new Map([...going, ...ended, ...archived].map((group) => [group.id, group]));
  return [...known.values()]
    .filter(({ begunAt }) => begunAt >= from && begunAt < until)
    .toSorted((one, other) => other.begunAt.getTime() - one.begunAt.getTime())
    .slice(0, MOST_OF_TIME);
}

async function boardsOf(
  { store, customers }: OpenGroupsDeps,
  scope: CustomerScope,
  environment: string | undefined,
): Promise<readonly AlertBoard[]> {
  const environments = customers()
    .filter(({ id }) => covers(scope, id))
    .flatMap((customer) => customer.environments)
    .filter(({ name }) => (environment ?? name) === name);
  return Promise.all(environments.map(({ customer, name }) => store.board(customer, name)));
}

function worstFirst(one: AlertGroup, other: AlertGroup): number {
  return rankOf(other) - rankOf(one) || one.begunAt.getTime() - other.begunAt.getTime();
}

/** By what is told: of a silenced group nobody should have to read first. */
function rankOf({ alerts }: AlertGroup): number {
  const told = alerts.filter(({ suppressed }) => suppressed === undefined);
  return Math.max(-1, ...told.map(({ severity }) => SEVERITY_RANK[severity]));
}
