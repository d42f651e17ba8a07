import type { Clock } from '../../domain/clock.ts';
import type { Customer, Environment } from '../../domain/inventory.ts';
import type { Message } from '../../domain/message.ts';
import { ownRunbook } from '../../domain/own-runbook.ts';
import type { Outbox } from '../notifications/ports.ts';
import type { AlertGroup, Silence } from './alert.ts';
import { cardsOf } from './group-cards.ts';
import { looksDifferent } from './looks-different.ts';
import type {
  AlertBoard,
  AlertGroupFacts,
  AlertNotices,
  AlertStore,
  AlertWords,
  SilenceStore,
  Telling,
} from './ports.ts';
import { touches } from './suppress.ts';
import { type NotTold, tellOutside } from './tell-outside.ts';

export interface TellerDeps {
  readonly store: AlertStore;
  readonly silences: SilenceStore;
  readonly outbox: Outbox;
  readonly words: AlertWords;
  readonly notices: AlertNotices;
  readonly clock: Clock;
  /** As the configuration has them now. */
  customers(): readonly Customer[];
}

/** Brings what a board has decided into the outbox. */
export interface Teller {
  /** What cannot be told stays on the board and is told by the next call. */
  tell(board: AlertBoard, place: Pick<Environment, 'customer' | 'name'>): Promise<void>;
  /** What a message of this group shows, without buttons. */
  facts(group: AlertGroup): Promise<AlertGroupFacts>;
}

/** Whoever draws while others draw too looks so often whether theirs is the newest. */
const LOOKS = 5;

export function createTeller(deps: TellerDeps): Teller {
  const { store, outbox, words } = deps;
  const customerOf = ({ customer: id }: Pick<AlertGroup, 'customer'>): Customer | undefined =>
    deps.customers().find((customer) => customer.id === id);
  const cardsIn = (group: AlertGroup) => cardsOf(group, customerOf(group));

  async function facts(group: AlertGroup): Promise<AlertGroupFacts> {
    const now = deps.clock.now();
    const customer = customerOf(group);
    const environment = customer?.environments.find(({ name }) => name === group.environment);
    const silences = (await deps.silences.active(now)).filter((silence) => concerns(silence, group));
    return {
      ...{ group, now, silences, customerName: customer?.name ?? group.customer, isOps: false },
      timeZone: environment?.timeZone ?? 'UTC',
      runbook: ownRunbook(group.alerts) ?? environment?.monitoring?.runbooks[group.signal],
    };
  }

  async function draw(group: AlertGroup): Promise<void> {
    const known = await facts(group);
    for (const { key, channelId, kind } of cardsIn(group)) {
      const message = words.group({ ...known, isOps: kind === 'ops' });
      await outbox.put({ key, to: { kind: 'channel', channelId }, message });
    }
  }

  async function intoThreads({ group, thread }: Telling): Promise<void> {
    const message: Message | undefined = thread && words.change(group, thread.change);
    for (const { key, channelId } of message === undefined ? [] : cardsIn(group)) {
      const to = { kind: 'channel', channelId, threadOf: key } as const;
      await outbox.put({ key: `${key}:${thread?.number}`, to, message: message ?? { text: '' } });
    }
  }

  async function tell({ untold }: AlertBoard, { customer, name }: Pick<Environment, 'customer' | 'name'>) {
    const latest = [...new Map(untold.map(({ group }) => [group.id, group])).values()];
    await store.archive(latest.filter(({ endedAt }) => endedAt !== undefined));
    for (const group of latest) {
      await draw(group);
    }
    for (const telling of untold) {
      await intoThreads(telling);
    }
    const failures = await tellOutside(untold, { ...deps, cardsOf: cardsIn });
    const told = new Set(without(untold, failures).map((telling) => JSON.stringify(telling)));
    const board = await store.update(customer, name, (found) => ({
      ...found,
      untold: found.untold.filter((telling) => !told.has(JSON.stringify(telling))),
    }));
    for (const group of latest) {
      await keepNewest(group, board, { store, draw });
    }
    if (failures.length > 0) {
      throw notTold(`${customer}/${name}`, failures);
    }
  }

  return {
    facts,
    async tell(board, place) {
      if (board.untold.length > 0) {
        await tell(board, place);
      }
    },
  };
}

/** Somebody else may have drawn a newer state in between, and this one after it. */
async function keepNewest(
  group: AlertGroup,
  found: AlertBoard,
  { store, draw }: { readonly store: AlertStore; draw(newest: AlertGroup): Promise<void> },
): Promise<void> {
  let drawn = group;
  for (let look = 0; look < LOOKS && drawn.endedAt === undefined; look += 1) {
    const { groups } = look === 0 ? found : await store.board(drawn.customer, drawn.environment);
    const newest = groups.find(({ id }) => id === group.id) ?? (await store.findArchived(group.id));
    if (newest === undefined || !looksDifferent(drawn, newest)) {
      return;
    }
    await draw(newest);
    drawn = newest;
  }
}

function without(untold: AlertBoard['untold'], failures: readonly NotTold[]): AlertBoard['untold'] {
  return untold.filter((one) => !failures.some(({ telling }) => telling === one));
}

function notTold(place: string, failures: readonly NotTold[]): AggregateError {
  const causes = failures.map(({ error }) => error);
  return new AggregateError(causes, `Alerts of ${place} were not told outside Slack; the next round tries again.`);
}

function concerns(silence: Silence, { customer, environment, signal, title, alerts }: AlertGroup): boolean {
  const isOfPlace = silence.customer === customer && silence.environment === environment;
  return isOfPlace && alerts.some(({ host }) => touches(silence, { host, signal, title }));
}
