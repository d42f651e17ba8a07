import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/domain/clock.ts';
import { paced } from '../../../src/handlers/paced.ts';

/** Sleeps until the test says so. */
function manualClock() {
  const sleepers: (() => void)[] = [];
  const clock: Clock = {
    now: () => new Date(0),
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        sleepers.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      }),
  };
  return { clock, tick: () => sleepers.shift()?.() };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('paced', () => {
  it('hands on the newest value only, once a tick', async () => {
    const { clock, tick } = manualClock();
    const seen: number[] = [];
    const progress = paced(clock, 700, async (value: number) => void seen.push(value));
    progress.call(1);
    progress.call(2);
    tick();
    await settle();
    progress.call(3);
    tick();
    await settle();
    expect(seen).toEqual([2, 3]);
  });

  it('drops what was not handed on when it ends', async () => {
    const { clock } = manualClock();
    const seen: number[] = [];
    const progress = paced(clock, 700, async (value: number) => void seen.push(value));
    progress.call(1);
    await progress.end();
    expect(seen).toEqual([]);
  });

  it('goes on after a value that could not be handed on', async () => {
    const { clock, tick } = manualClock();
    const seen: number[] = [];
    const progress = paced(clock, 700, async (value: number) => {
      if (value === 1) {
        throw new Error('the store is away');
      }
      seen.push(value);
    });
    progress.call(1);
    tick();
    await settle();
    progress.call(2);
    tick();
    await settle();
    await progress.end();
    expect(seen).toEqual([2]);
  });
});
