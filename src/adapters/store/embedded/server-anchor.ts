import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from '../../../domain/logger.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

export interface AnchorDeps {
  /** Makes sure that the server runs and connects to it. */
  readonly enter: () => Promise<pg.Client>;
  readonly logger: Logger;
}

/** One idle connection that keeps other processes from stopping the server, and tells when it died. */
export interface Anchor {
  /** From now on a lost connection is left alone. Before `hasOthers` and `release`, and outside of the start lock. */
  retire(): Promise<void>;
  /** Is somebody connected that is not this process? `false` when the server does not answer. */
  hasOthers(): Promise<boolean>;
  release(): Promise<void>;
}

/** Connects; when the connection is lost, the server is started again and the next connection held. */
export async function holdAnchor({ enter, logger }: AnchorDeps): Promise<Anchor> {
  const retired = new AbortController();
  let reviving: Promise<void> = Promise.resolve();
  let client = hold(await enter());

  function hold(next: pg.Client): pg.Client {
    next.once('end', () => {
      if (!retired.signal.aborted) {
        reviving = revive();
      }
    });
    return next;
  }

  async function revive(): Promise<void> {
    logger.error('Embedded PostgreSQL went away; starting it again');
    for (let waitMs = FIRST_RETRY_MS; !retired.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS)) {
      try {
        client = hold(await enter());
        return;
      } catch (error) {
        logger.error('Embedded PostgreSQL does not start', { error });
        await sleep(waitMs, undefined, { signal: retired.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  return {
    async retire() {
      retired.abort();
      await reviving;
    },
    async hasOthers() {
      const others = await client
        .query(OTHERS)
        .then(({ rows }) => rows[0]?.others)
        .catch(() => undefined);
      return Number(others ?? 0) > 0;
    },
    async release() {
      await client.end().catch(() => undefined);
    },
  };
}

const OTHERS = `select count(*) as others from pg_stat_activity
  where backend_type = 'client backend' and application_name <> current_setting('application_name')`;
