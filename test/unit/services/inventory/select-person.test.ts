import { describe, expect, it } from 'vitest';
import { selectPerson } from '../../../../src/services/inventory/select-person.ts';
import { aPerson } from '../../../support/world.ts';

const named = (displayName: string, person: ReturnType<typeof aPerson>) => ({ ...person, displayName });
const PEOPLE = [
  named('Alice Moreau', aPerson('T0HOME:U0ALICE', { operator: 'all' })),
  named('Alice Weber', aPerson('T0HOME:U0WEBER', { operator: ['acme'] })),
  named('Gus Petrov', aPerson('T0GLOBEX:U0GUS', { customer: ['globex'] })),
];

describe('selectPerson', () => {
  it.each(['<@U0ALICE>', '<@U0ALICE|alice>', 'T0HOME:U0ALICE', 'alice moreau', '@Moreau'])('knows %s', (typed) => {
    expect(selectPerson(typed, 'all', PEOPLE)).toBe('T0HOME:U0ALICE');
  });

  it('takes the id of somebody who is not listed any more', () => {
    expect(selectPerson('t0home:u0left', ['acme'], PEOPLE)).toBe('T0HOME:U0LEFT');
  });

  it('takes the mentioned account of somebody who has several, and the first one for a name', () => {
    const gus = { ...PEOPLE[2]!, alsoKnownAs: ['T0GLOBEX:W0GUS', 'T0HOME:W0GUS'] as const };
    expect(selectPerson('<@W0GUS>', 'all', [gus])).toBe('T0GLOBEX:W0GUS');
    expect(selectPerson('<@U0GUS>', 'all', [gus])).toBe('T0GLOBEX:U0GUS');
    expect(selectPerson('gus', 'all', [gus])).toBe('T0GLOBEX:U0GUS');
  });

  it('takes no part of an id and no name of two', () => {
    expect(() => selectPerson('<@ALICE>', 'all', PEOPLE)).toThrow('I do not know that person.');
    expect(() => selectPerson('alice', 'all', PEOPLE)).toThrow('More than one person has that name.');
  });

  it('says of people of other customers what it says of nobody', () => {
    expect(() => selectPerson('gus', ['acme'], PEOPLE)).toThrow('I do not know that person.');
    expect(() => selectPerson('<@U0GUS>', ['acme'], PEOPLE)).toThrow('I do not know that person.');
    expect(selectPerson('gus', ['globex'], PEOPLE)).toBe('T0GLOBEX:U0GUS');
  });
});
