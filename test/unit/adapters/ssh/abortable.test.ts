import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onAbort } from '../../../../src/adapters/ssh/abortable.ts';

describe('onAbort', () => {
  it('tells everybody who still waits, with one listener for all, and nobody twice', () => {
    const controller = new AbortController();
    const told: string[] = [];
    const wait = (name: string) => onAbort(controller.signal, (reason) => told.push(`${name}: ${reason}`));
    const stops = ['a', 'b', 'c'].map(wait);
    stops[1]?.();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort('gone');
    controller.abort('again');
    expect(told).toEqual(['a: gone', 'c: gone']);
  });

  it('leaves no listener behind when nobody waits any more, and starts anew', () => {
    const controller = new AbortController();
    const told: unknown[] = [];
    const stop = onAbort(controller.signal, () => told.push('too late'));
    stop();
    stop();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    onAbort(controller.signal, (reason) => told.push(reason));
    controller.abort('gone');
    expect(told).toEqual(['gone']);
  });

  it('does not tell who is called off by an earlier one', () => {
    const controller = new AbortController();
    const told: string[] = [];
    onAbort(controller.signal, () => {
      told.push('first');
      stopSecond();
    });
    const stopSecond = onAbort(controller.signal, () => told.push('second'));
    controller.abort();
    expect(told).toEqual(['first']);
  });

  it('calls back at once when it is over already', () => {
    const told: unknown[] = [];
    onAbort(AbortSignal.abort('long ago'), (reason) => told.push(reason));
    expect(told).toEqual(['long ago']);
  });
});
