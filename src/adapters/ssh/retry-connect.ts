import type { Clock } from '../../domain/clock.ts';
import type { HopFailureKind } from '../../domain/hop-failure.ts';
import { HopError } from './hop-error.ts';

export interface RetryOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly tries: number;
  readonly baseMs: number;
  /** A failure later than this after the start is final: it took so long that a person waits already. */
  readonly windowMs: number;
  /** Only failures of this hop: those before it were tried again in their own place. */
  readonly depth: number;
  readonly signal: AbortSignal;
}

/** Failures of a moment: too many logins at once, a service that restarts. Never a refused login or host key. */
const MOMENTARY_FAILURES: readonly HopFailureKind[] = [
  'connection_refused',
  'connection_lost',
  'no_route',
  'connect_timeout',
  'no_ssh_banner',
];

/** Tries again with full jitter, so that many who failed together do not come back together. */
export async function retryConnect<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, random, tries, baseMs, windowMs, signal } = options;
  const startedAt = clock.now().getTime();
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isLate = clock.now().getTime() - startedAt >= windowMs;
      if (tried >= tries || isLate || signal.aborted || !isMomentary(error, options.depth)) {
        throw error;
      }
    }
    await clock.sleep(random() * baseMs * 2 ** (tried - 1), signal);
  }
}

function isMomentary(error: unknown, depth: number): boolean {
  return error instanceof HopError && error.facts.depth === depth && MOMENTARY_FAILURES.includes(error.facts.kind);
}
