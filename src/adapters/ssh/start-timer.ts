import type { Clock } from '../../domain/clock.ts';

/** Given, since making the default reason costs more than the rest of a timer. */
const CANCELED = 'canceled';

/** Calls back once after `ms`, unless the returned function was called before. */
export function startTimer(clock: Clock, ms: number, onElapsed: () => void): () => void {
  const canceled = new AbortController();
  const elapse = (): void => {
    if (!canceled.signal.aborted) {
      onElapsed();
    }
  };
  void clock.sleep(ms, canceled.signal).then(elapse);
  return () => canceled.abort(CANCELED);
}
