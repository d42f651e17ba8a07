import type { Clock } from '../../src/domain/clock.ts';
import { NOW } from './builders.ts';

export interface HandClock extends Clock {
  /** Moves the time, and wakes whoever has slept long enough. */
  advance(ms: number): void;
}

/** Time stands still until it is moved by hand; who sleeps sleeps till then. */
export function createHandClock(start: Date = NOW): HandClock {
  let now = start.getTime();
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  return {
    now: () => new Date(now),
    advance(ms) {
      now += ms;
      for (const sleeper of sleepers) {
        if (sleeper.until <= now) {
          sleeper.wake();
        }
      }
    },
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          until: now + ms,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        if (ms <= 0 || signal?.aborted) {
          resolve();
          return;
        }
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
  };
}
