import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptySeats } from '../../../src/domain/empty-seats.ts';

/** A seat is the list of those who may take it. */
const emptyOf = (...seats: readonly (readonly string[])[]) => {
  const people = [...new Set(seats.flat())];
  return emptySeats({ seats, people, fits: (person, seat) => seat.includes(person) });
};

describe('emptySeats', () => {
  it('moves somebody to another seat to make room', () => {
    expect(emptyOf(['a', 'b'], ['a'])).toEqual([]);
    expect(emptyOf(['a', 'b'], ['a', 'c'], ['a'])).toEqual([]);
  });

  it('gives nobody two seats, also when one seat is there several times', () => {
    const pair = ['a', 'b'];
    expect(emptyOf(['a'], ['a'])).toEqual([['a']]);
    expect(emptyOf(pair, pair, pair)).toEqual([pair]);
    expect(emptyOf([])).toEqual([[]]);
  });

  it('fills all when trying every way does', () => {
    const seats = fc.array(fc.subarray(['a', 'b', 'c', 'd']), { maxLength: 5 });
    fc.assert(
      fc.property(seats, (wanted) => {
        expect(emptyOf(...wanted).length === 0).toBe(tryEveryWay(wanted, []));
      }),
    );
  });
});

function tryEveryWay([first, ...rest]: readonly (readonly string[])[], taken: readonly string[]): boolean {
  return (
    first === undefined || first.some((person) => !taken.includes(person) && tryEveryWay(rest, [...taken, person]))
  );
}
