import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Logger } from '../../domain/logger.ts';
import type { Store } from './open-store.ts';
import { isGone, ownIdentity } from './process-identity.ts';

export interface ReplicaSettings {
  readonly beatEveryMs: number;
  /** A replica without a heartbeat for so long is dead, and its work is taken over. By the database's clock. */
  readonly deadAfterMs: number;
}

const DEFAULT_SETTINGS: ReplicaSettings = { beatEveryMs: 5_000, deadAfterMs: 20_000 };

export interface ReplicasDeps {
  readonly store: Store;
  readonly logger: Logger;
  readonly settings?: ReplicaSettings | undefined;
}

/** The processes that share the store. Each beats; each looks for the work of those that stopped. */
export interface Replicas {
  /** Of this process; a new one at every start. */
  readonly id: string;
  readonly settings: ReplicaSettings;
  /** Called once at the start and after every heartbeat, one after the other; what it throws is logged. */
  onTakeOver(takeOver: () => Promise<void>): void;
  /** The first heartbeat, then one every `beatEveryMs`. */
  start(): Promise<void>;
  /** Stops the heartbeat and says good-bye, so that others take over at once. Last of all, before the store closes. */
  stop(): Promise<void>;
}

export function createReplicas({ store, logger, settings = DEFAULT_SETTINGS }: ReplicasDeps): Replicas {
  const id = randomUUID();
  const takeOvers: (() => Promise<void>)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  let isRunning = false;
  let lastBeat: number | undefined;
  let mayJudgeFrom = 0;

  async function beat(): Promise<void> {
    await saveHeartbeat(store, id);
    const now = performance.now();
    // After an outage of the database or our own freeze all look dead: give them time to beat before judging.
    if (lastBeat !== undefined && now - lastBeat > settings.deadAfterMs / 2) {
      mayJudgeFrom = now + settings.deadAfterMs;
    }
    lastBeat = now;
    if (now >= mayJudgeFrom) {
      await removeGone(store);
      for (const takeOver of takeOvers) {
        await takeOver().catch((error: unknown) => logger.error('Take-over failed', { error }));
      }
    }
  }

  function schedule(): void {
    timer = setTimeout(() => {
      round = beat()
        .catch((error: unknown) => logger.warn('Heartbeat failed', { error }))
        .finally(() => isRunning && schedule());
    }, settings.beatEveryMs);
  }

  return {
    id,
    settings,
    onTakeOver: (takeOver) => void takeOvers.push(takeOver),
    async start() {
      isRunning = true;
      await beat();
      schedule();
    },
    async stop() {
      isRunning = false;
      clearTimeout(timer);
      await round;
      await store.db.deleteFrom('replicas').where('id', '=', id).execute();
    },
  };
}

/** Ids of the replicas that are alive, as a sub-query. */
export function aliveReplicas({ deadAfterMs }: ReplicaSettings) {
  return sql<string>`(select id from replicas where seen > now() - ${deadAfterMs} * interval '1 millisecond')`;
}

async function saveHeartbeat({ db }: Store, id: string): Promise<void> {
  const { machine, pid, startedAt } = ownIdentity();
  await db
    .insertInto('replicas')
    .values({ id, machine, pid, started_at: startedAt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen: sql<Date>`now()` }))
    .execute();
}

/** A process of this machine that is no more need not be waited for: a bot that was killed goes on as soon as it starts. */
async function removeGone({ db }: Store): Promise<void> {
  const { machine } = ownIdentity();
  const neighbors = await db.selectFrom('replicas').selectAll().where('machine', '=', machine).execute();
  const gone = neighbors.filter(({ pid, started_at }) => isGone({ machine, pid, startedAt: started_at }));
  if (gone.length > 0) {
    const ids = gone.map(({ id }) => id);
    await db.deleteFrom('replicas').where('id', 'in', ids).execute();
  }
}
