import type { Clock } from '../../domain/clock.ts';
import { HopFailure, type HopFailureKind } from '../../domain/hop-failure.ts';
import type { JobState } from './host-operations.ts';

export interface JobWait {
  start(): Promise<void>;
  look(): Promise<JobState>;
  readonly clock: Clock;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/** What no patience heals. A job that runs is looked at again all the same: somebody may repair the way to it. */
const LASTING: readonly HopFailureKind[] = ['authentication_failed', 'host_key_changed', 'name_not_found'];

/**
 * Starts a job and looks until it has ended. The way to the host may break and come back meanwhile.
 *
 * @returns `running` when the deadline came first.
 * @throws {HopFailure} when the host could not be reached at the deadline, or never will be; the signal's reason.
 */
export async function waitForJob(wait: JobWait): Promise<JobState> {
  await repeat(wait, { attempt: wait.start, isEnd: () => true, endsOn: LASTING });
  return repeat(wait, { attempt: wait.look, isEnd: ({ kind }) => kind !== 'running', endsOn: [] });
}

interface Turns<T> {
  attempt(): Promise<T>;
  isEnd(seen: T): boolean;
  readonly endsOn: readonly HopFailureKind[];
}

async function repeat<T>({ clock, deadline, signal }: JobWait, turns: Turns<T>): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    const seen = await turns.attempt().catch(keepHopFailure);
    signal.throwIfAborted();
    const leftMs = deadline - clock.now().getTime();
    if (seen instanceof HopFailure) {
      if (leftMs <= 0 || turns.endsOn.includes(seen.facts.kind)) {
        throw seen;
      }
    } else if (leftMs <= 0 || turns.isEnd(seen)) {
      return seen;
    }
    await clock.sleep(Math.min(pauseMs, leftMs), signal);
  }
}

function keepHopFailure(error: unknown): HopFailure {
  if (error instanceof HopFailure) {
    return error;
  }
  throw error;
}
