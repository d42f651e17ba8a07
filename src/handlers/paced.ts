import type { Clock } from '../domain/clock.ts';

export interface Paced<Value> {
  /** Remembers the newest value; it is handed on when the pace allows. */
  call(value: Value): void;
  /** Drops what was not handed on yet and resolves when nothing is under way. */
  end(): Promise<void>;
}

/**
 * Hands on the newest value at most every `everyMs`, never two at once; older ones are skipped.
 * It is for progress: a value that could not be handed on is skipped too, for the next one says more.
 */
export function paced<Value>(clock: Clock, everyMs: number, handOn: (value: Value) => Promise<void>): Paced<Value> {
  const ended = new AbortController();
  let newest: { value: Value } | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (newest !== undefined && !ended.signal.aborted) {
      await clock.sleep(everyMs, ended.signal);
      const due = newest;
      newest = undefined;
      if (due !== undefined && !ended.signal.aborted) {
        await handOn(due.value).catch(() => undefined);
      }
    }
    running = undefined;
  }

  return {
    call(value) {
      newest = { value };
      running ??= run();
    },
    async end() {
      ended.abort();
      await running;
    },
  };
}
