import { describe, expect, it } from 'vitest';
import { reviveDates } from '../../../../src/adapters/store/revive-dates.ts';

const AT = new Date('2026-03-04T10:00:00.123Z');
const read = (doc: unknown, ...paths: readonly string[]) => reviveDates<unknown>(JSON.stringify(doc), paths);

describe('reviveDates', () => {
  it('finds dates at the top, deeper, in each of a list and in a list of documents', () => {
    const doc = { at: AT, control: { at: AT }, votes: [{ at: AT, by: 'bob' }, { at: AT }], none: [] };
    expect(read(doc, 'at', 'control.at', 'votes[].at', 'none[].at')).toEqual(doc);
    expect(read([{ endsAt: AT }, {}], '[].endsAt')).toEqual([{ endsAt: AT }, {}]);
    expect(read({ days: [AT, AT] }, 'days[]')).toEqual({ days: [AT, AT] });
  });

  it('leaves fields of the same name elsewhere as they are', () => {
    const doc = { at: AT, work: { at: '2026-03-04T10:00:00.123Z', votes: [{ at: 'noon' }] } };
    expect(read(doc, 'at', 'votes[].at')).toEqual(doc);
  });

  it.each([
    [{}],
    [{ control: null, votes: null }],
    [{ control: 'at', votes: { at: 'x' } }],
    [{ control: { at: null }, votes: [null, 'x', { by: 'bob' }] }],
  ])('adds nothing to %j', (doc) => {
    expect(read(doc, 'control.at', 'votes[].at')).toStrictEqual(doc);
  });
});
