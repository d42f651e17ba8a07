import type { Clock } from '../../domain/clock.ts';
import type { Logger } from '../../domain/logger.ts';
import type { Leadership } from '../../services/monitoring/ports.ts';
import { createLeaseProof, type LeaseProof } from './lease-proof.ts';
import { createLeaseRows } from './lease-rows.ts';
import type { Store } from './open-store.ts';

export interface LeaseSettings {
  /** It is renewed every third of this, and the work is told after two thirds without. */
  readonly lastsMs: number;
}

const DEFAULT_SETTINGS: LeaseSettings = { lastsMs: 15_000 };

export interface LeasesDeps {
  readonly store: Store;
  /** Id of this replica, new at every start. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings?: LeaseSettings | undefined;
}

interface Term {
  readonly name: string;
  readonly proof: LeaseProof;
  /** Aborts when the term ends, for whatever reason. */
  readonly signal: AbortSignal;
}

interface TermRequest {
  readonly name: string;
  /** When the database was asked for it, by `performance.now()`. */
  readonly askedAt: number;
  readonly stop: AbortSignal;
  work(signal: AbortSignal): Promise<void>;
}

/**
 * Whose time is over by the database's clock may be followed by another. The one who leads measures by its own monotonic
 * clock, and from before the question to the database: so it gives up, frozen or cut off, before another one begins.
 * For each name one call at a time in a process.
 */
export function createLeases({ store, owner, clock, logger, settings = DEFAULT_SETTINGS }: LeasesDeps): Leadership {
  const { lastsMs } = settings;
  const [renewEveryMs, loseAfterMs, retryAfterMs] = [lastsMs / 3, (2 * lastsMs) / 3, lastsMs / 15];
  const rows = createLeaseRows({ store, owner, lastsMs });

  /** @returns whether it is ours; `undefined` when the store could not say. */
  function ask(question: 'take' | 'renew' | 'release', name: string): Promise<boolean | undefined> {
    return rows[question](name).catch((error: unknown) => {
      logger.warn('Lease not proved', { lease: name, question, error });
      return undefined;
    });
  }

  async function keepRenewing({ name, proof, signal }: Term): Promise<void> {
    await clock.sleep(renewEveryMs, signal);
    while (!signal.aborted) {
      const askedAt = performance.now();
      const isOurs = await ask('renew', name);
      if (isOurs) {
        proof.extend(askedAt);
      } else if (isOurs === false) {
        proof.lose();
      }
      await clock.sleep(isOurs === undefined ? retryAfterMs : renewEveryMs, signal);
    }
  }

  /** A store that does not answer must not hold up the stop; the lease ends by itself then. */
  async function giveBack(name: string): Promise<void> {
    const done = new AbortController();
    await Promise.race([ask('release', name), clock.sleep(renewEveryMs, done.signal)]);
    done.abort();
  }

  async function serve({ name, askedAt, stop, work }: TermRequest): Promise<void> {
    const ended = new AbortController();
    const proof = createLeaseProof(loseAfterMs, () => {
      logger.warn('Lead lost', { lease: name });
      ended.abort();
    });
    const signal = AbortSignal.any([ended.signal, stop]);
    proof.extend(askedAt);
    logger.info('Lead taken', { lease: name });
    // Not waited for: the store may never answer, and a late answer renews nothing of a row that is gone.
    void keepRenewing({ name, proof, signal });
    await work(signal).catch((error: unknown) => logger.error('Work of the leader failed', { lease: name, error }));
    proof.end();
    ended.abort();
    await giveBack(name);
  }

  return {
    async lead(name, work, stop) {
      while (!stop.aborted) {
        const askedAt = performance.now();
        if (await unlessAborted(ask('take', name), stop)) {
          await serve({ name, askedAt, stop, work });
        }
        await clock.sleep(renewEveryMs, stop);
      }
    },
  };
}

/** `undefined` when the signal aborts first. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(undefined);
    signal.addEventListener('abort', giveUp, { once: true });
    void answer.then(resolve).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
