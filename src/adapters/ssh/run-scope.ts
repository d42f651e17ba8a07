import type { Clock } from '../../domain/clock.ts';
import type { RunOptions } from '../../domain/remote-executor.ts';
import { onAbort } from './abortable.ts';
import { HopError } from './hop-error.ts';
import { startTimer } from './start-timer.ts';

/** The reason of an aborted scope whose time is up. What to blame is known to whoever was waiting. */
export const DEADLINE = Symbol('deadline');

/** How long one run may take, from the call to the answer. */
export interface RunScope {
  /** Aborts with `DEADLINE`, or with a `HopError` when somebody called it off. */
  readonly signal: AbortSignal;
  elapsedMs(): number;
  remainingMs(): number;
  end(): void;
}

/** @param closing aborts when the bot stops. */
export function openRunScope(clock: Clock, options: RunOptions, closing: AbortSignal): RunScope {
  const { deadlineMs, signal } = options;
  const scope = new AbortController();
  const startedAt = clock.now().getTime();
  const elapsedMs = (): number => clock.now().getTime() - startedAt;
  const cancel = (): void => scope.abort(new HopError({ kind: 'canceled', depth: Number.POSITIVE_INFINITY }));
  const stops = [
    startTimer(clock, deadlineMs, () => scope.abort(DEADLINE)),
    signal === undefined ? () => {} : onAbort(signal, cancel),
    onAbort(closing, (reason) => scope.abort(reason)),
  ];
  return {
    signal: scope.signal,
    elapsedMs,
    remainingMs: () => Math.max(0, deadlineMs - elapsedMs()),
    end() {
      for (const stop of stops) {
        stop();
      }
    },
  };
}
