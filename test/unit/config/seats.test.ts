import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canFill } from '../../../src/config/seats.ts';

describe('canFill', () => {
  it('moves somebody to another seat to make room', () => {
    expect(canFill([['a', 'b'], ['a']])).toBe(true);
    expect(canFill([['a', 'b'], ['a', 'c'], ['a']])).toBe(true);
  });

  it('gives nobody two seats', () => {
    expect(canFill([['a'], ['a']])).toBe(false);
    expect(
      canFill([
        ['a', 'b'],
        ['a', 'b'],
        ['a', 'b'],
      ]),
    ).toBe(false);
    expect(canFill([[]])).toBe(false);
  });

  it('says what trying every way says', () => {
    const seats = fc.array(fc.subarray(['a', 'b', 'c', 'd']), { maxLength: 5 });
    fc.assert(
      fc.property(seats, (wanted) => {
        expect(canFill(wanted)).toBe(tryEveryWay(wanted, []));
      }),
    );
  });
});

function tryEveryWay([first, ...rest]: readonly (readonly string[])[], taken: readonly string[]): boolean {
  return (
    first === undefined || first.some((person) => !taken.includes(person) && tryEveryWay(rest, [...taken, person]))
  );
}
