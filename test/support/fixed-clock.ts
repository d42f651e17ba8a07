import type { Clock } from '../../src/domain/clock.ts';
import { NOW } from './builders.ts';

/** Time stands still until it is moved; sleeping moves it. */
export function createFixedClock(start: Date = NOW): Clock & { advance(ms: number): void } {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance(ms) {
      now += ms;
    },
    async sleep(ms) {
      now += ms;
    },
  };
}
