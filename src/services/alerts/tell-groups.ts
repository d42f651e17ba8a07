import type { Clock } from '../../domain/clock.ts';
import type { Customer, Environment } from '../../domain/inventory.ts';
import type { Message } from '../../domain/message.ts';
import type { Outbox } from '../notifications/ports.ts';
import type { AlertGroup, Silence } from './alert.ts';
import { looksDifferent } from './looks-different.ts';
import type { AlertBoard, AlertGroupFacts, AlertStore, AlertWords, SilenceStore, Telling } from './ports.ts';
import { touches } from './suppress.ts';

export interface TellerDeps {
  readonly store: AlertStore;
  readonly silences: SilenceStore;
  readonly outbox: Outbox;
  readonly words: AlertWords;
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

  async function facts(group: AlertGroup): Promise<AlertGroupFacts> {
    const now = deps.clock.now();
    const customer = customerOf(group);
    const environment = customer?.environments.find(({ name }) => name === group.environment);
    const silences = (await deps.silences.active(now)).filter((silence) => concerns(silence, group));
    return {
      ...{ group, now, silences, customerName: customer?.name ?? group.customer, isOps: false },
      timeZone: environment?.timeZone ?? 'UTC',
      runbook: environment?.monitoring?.runbooks[group.signal],
    };
  }

  function customerOf({ customer: id }: Pick<AlertGroup, 'customer'>): Customer | undefined {
    return deps.customers().find((customer) => customer.id === id);
  }

  async function draw(group: AlertGroup): Promise<void> {
    const known = await facts(group);
    for (const { channelId, kind } of channelsOf(group, customerOf(group))) {
      const message = words.group({ ...known, isOps: kind === 'ops' });
      await outbox.put({ key: keyOf(group, channelId), to: { kind: 'channel', channelId }, message });
    }
  }

  async function intoThreads({ group, thread }: Telling): Promise<void> {
    const message: Message | undefined = thread && words.change(group, thread.change);
    for (const { channelId } of message === undefined ? [] : channelsOf(group, customerOf(group))) {
      const threadOf = keyOf(group, channelId);
      const to = { kind: 'channel', channelId, threadOf } as const;
      await outbox.put({ key: `${threadOf}:${thread?.number}`, to, message: message ?? { text: '' } });
    }
  }

  /** Somebody else may have drawn a newer state in between, and this one after it. */
  async function keepNewest(group: AlertGroup): Promise<void> {
    let drawn = group;
    for (let look = 0; look < LOOKS && drawn.endedAt === undefined; look += 1) {
      const { groups } = await store.board(drawn.customer, drawn.environment);
      const newest = groups.find(({ id }) => id === group.id) ?? (await store.findArchived(group.id));
      if (newest === undefined || !looksDifferent(drawn, newest)) {
        return;
      }
      await draw(newest);
      drawn = newest;
    }
  }

  return {
    facts,
    async tell({ untold }, { customer, name }) {
      if (untold.length === 0) {
        return;
      }
      const latest = [...new Map(untold.map(({ group }) => [group.id, group])).values()];
      await store.archive(latest.filter(({ endedAt }) => endedAt !== undefined));
      for (const group of latest) {
        await draw(group);
      }
      for (const telling of untold) {
        await intoThreads(telling);
      }
      const told = new Set(untold.map((telling) => JSON.stringify(telling)));
      await store.update(customer, name, (found) => ({
        ...found,
        untold: found.untold.filter((telling) => !told.has(JSON.stringify(telling))),
      }));
      for (const group of latest) {
        await keepNewest(group);
      }
    },
  };
}

function keyOf({ id }: AlertGroup, channelId: string): string {
  return `alert:${id}:${channelId}`;
}

/** Our own people always; the customer's where it was agreed. */
function channelsOf({ environment: name }: AlertGroup, customer: Customer | undefined): Customer['channels'] {
  const environment = customer?.environments.find((one) => one.name === name);
  const tellCustomer = environment?.monitoring?.tellCustomer === true;
  return (customer?.channels ?? []).filter(({ kind }) => kind === 'ops' || tellCustomer);
}

function concerns(silence: Silence, { customer, environment, signal, alerts }: AlertGroup): boolean {
  const isOfPlace = silence.customer === customer && silence.environment === environment;
  return isOfPlace && alerts.some(({ host }) => touches(silence, { host, signal }));
}
