import { describe, expect, it } from 'vitest';
import { inTurns } from '../../../src/domain/in-turns.ts';

describe('inTurns', () => {
  it('works on a few at a time, and answers in the order of the items', async () => {
    let working = 0;
    let most = 0;
    const work = async (item: number): Promise<number> => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setTimeout(resolve, 6 - item));
      working -= 1;
      return item * 10;
    };

    expect(await inTurns({ items: [1, 2, 3, 4, 5], atOnce: 2, work })).toEqual([10, 20, 30, 40, 50]);
    expect(most).toBe(2);
  });

  it('begins nothing after a failure', async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await Promise.reject(new Error(`no ${item}`));
    };

    await expect(inTurns({ items: [1, 2, 3], atOnce: 1, work })).rejects.toThrow('no 1');
    expect(begun).toEqual([1]);
  });
});
