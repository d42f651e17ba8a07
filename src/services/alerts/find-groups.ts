import type { CustomerScope } from '../../domain/actor.ts';
import type { Customer } from '../../domain/inventory.ts';
import { looksLikeId } from '../../domain/short-id.ts';
import { SEVERITY_RANK } from './advance-alert.ts';
import type { AlertGroup } from './alert.ts';
import type { AlertStore } from './ports.ts';

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

/** Worst first, then the oldest. */
export async function openGroups(
  { store, customers }: OpenGroupsDeps,
  scope: CustomerScope,
  environment?: string,
): Promise<readonly AlertGroup[]> {
  const environments = customers()
    .filter(({ id }) => reaches(scope, id))
    .flatMap((customer) => customer.environments)
    .filter(({ name }) => (environment ?? name) === name);
  const boards = await Promise.all(environments.map(({ customer, name }) => store.board(customer, name)));
  return boards.flatMap(({ groups }) => groups).toSorted(worstFirst);
}

export function reaches(scope: CustomerScope, customer: string): boolean {
  return scope === 'all' || scope.includes(customer);
}

function worstFirst(one: AlertGroup, other: AlertGroup): number {
  return rankOf(other) - rankOf(one) || one.begunAt.getTime() - other.begunAt.getTime();
}

function rankOf({ alerts: [worst] }: AlertGroup): number {
  return worst === undefined ? -1 : SEVERITY_RANK[worst.severity];
}
