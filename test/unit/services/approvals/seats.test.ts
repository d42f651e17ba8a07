import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApprovalGroup } from '../../../../src/domain/approval-policy.ts';
import { countSeats, openSeats } from '../../../../src/services/approvals/seats.ts';

const group = (role: string, count = 1): ApprovalGroup => ({ role, count, team: 'any' });
/** Each person is the list of roles that they can fill. */
const fits = (roles: readonly string[], { role }: ApprovalGroup) => roles.includes(role);

function open(groups: readonly ApprovalGroup[], people: readonly (readonly string[])[]): readonly string[] {
  return openSeats({ groups, people, fits }).map(({ role, count }) => `${count} ${role}`);
}

describe('openSeats', () => {
  it('gives one person one seat, whatever they fit', () => {
    expect(open([group('operator'), group('approver')], [['operator', 'approver']])).toEqual(['1 approver']);
    expect(open([group('approver', 2)], [['approver']])).toEqual(['1 approver']);
  });

  it('moves somebody over for somebody who fits less', () => {
    const groups = [group('operator'), group('approver')];
    expect(open(groups, [['operator', 'approver'], ['operator']])).toEqual([]);
  });

  it('moves several over in a row', () => {
    const groups = [group('a'), group('b'), group('c')];
    expect(open(groups, [['a', 'b'], ['b', 'c'], ['a']])).toEqual([]);
  });

  it('keeps everything open when nobody fits', () => {
    expect(open([group('a', 2), group('b')], [['c'], []])).toEqual(['2 a', '1 b']);
  });

  const roles = ['a', 'b', 'c'];
  const groups = fc.array(fc.tuple(fc.constantFrom(...roles), fc.integer({ min: 1, max: 3 })), { maxLength: 3 });
  const people = fc.array(fc.subarray(roles), { maxLength: 6 });

  it('leaves open exactly what no way of seating the people can fill', () => {
    fc.assert(
      fc.property(groups, people, (wanted, given) => {
        const asked = wanted.map(([role, count]) => group(role, count));
        const taken = countSeats(asked) - countSeats(openSeats({ groups: asked, people: given, fits }));
        expect(taken).toBe(mostSeated(asked, given));
        expect(taken).toBeLessThanOrEqual(given.filter((person) => asked.some((one) => fits(person, one))).length);
      }),
    );
  });
});

/** By trying every way. */
function mostSeated(groups: readonly ApprovalGroup[], people: readonly (readonly string[])[]): number {
  const [person, ...others] = people;
  if (person === undefined) {
    return 0;
  }
  const seated = groups.flatMap((wanted, index) =>
    wanted.count > 0 && fits(person, wanted)
      ? [1 + mostSeated(groups.with(index, { ...wanted, count: wanted.count - 1 }), others)]
      : [],
  );
  return Math.max(mostSeated(groups, others), ...seated);
}
