import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../../src/domain/actor.ts';
import { aPerson } from '../../../support/world.ts';
import { aPolicy, aQuestion, asked, OURS_AND_THEIRS, PEOPLE } from './approval-world.ts';

const { alice, bob, carol, dana } = PEOPLE;
const { payload } = aQuestion();
const TWO_APPROVERS = [{ role: 'approver', count: 2, team: 'any' as const }];

function everybodyBut(removed: readonly Actor[], ...added: readonly Actor[]): Actor[] {
  return [...Object.values(PEOPLE).filter((person) => !removed.includes(person)), ...added];
}

describe('a vote', () => {
  it('counts for the workspace of its account, not for the role alone', async () => {
    const ours = aPerson('T0MERIDIAN:U0OURS', { customer: 'all' });
    const theirs = aPerson('T0ACME:U0THEIRS', { approver: ['acme'] });
    const people = everybodyBut([], ours, theirs);
    const { approve } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })], people });

    expect((await approve(ours)).kind).toBe('refused');
    expect((await approve(theirs)).kind).toBe('refused');
    expect((await approve(dana)).kind).toBe('counted');
  });

  it('does not count once the role grants no approval any more', async () => {
    const { approve, approvals, config } = await asked();
    await approve(carol);
    config.roles = { ...config.roles, operator: ['change.request'], approver: ['inventory.read'] };

    expect((await approvals.recheck('r-1-1', payload)).allowed).toBe(false);
    expect((await approvals.mayRequest(alice, aQuestion().environment, 'patch')).allowed).toBe(false);
  });

  it('does not count once its person turns out to be the requester', async () => {
    const { approve, approvals, config } = await asked();
    await approve(carol);
    const both = aPerson('T0MERIDIAN:U0ALICE', { operator: 'all', approver: 'all' });
    config.people = everybodyBut([alice, carol], { ...both, alsoKnownAs: [carol.id] });

    expect((await approvals.recheck('r-1-1', payload)).allowed).toBe(false);
  });

  it('counts once when two people turn out to be one', async () => {
    const { approve, approvals, config } = await asked({ policies: [aPolicy({ groups: TWO_APPROVERS })] });
    await approve(carol);
    await approve(bob);
    expect((await approvals.recheck('r-1-1', payload)).allowed).toBe(true);

    config.people = everybodyBut([bob, carol], { ...carol, alsoKnownAs: [bob.id] });
    expect((await approvals.recheck('r-1-1', payload)).allowed).toBe(false);
  });

  it('takes the place of an earlier one by another account that may not approve any more', async () => {
    const both: Actor = { ...carol, alsoKnownAs: ['T0ACME:U0CAROL2'] };
    const people = everybodyBut([carol], both);
    const groups = [
      { role: 'approver', count: 1, team: 'any' as const },
      { role: 'approver', count: 1, team: 'home' as const },
    ];
    const { approve, approvals, config } = await asked({ policies: [aPolicy({ groups })], people });
    expect((await approve({ ...both, id: 'T0ACME:U0CAROL2' })).kind).toBe('counted');
    config.policies = [aPolicy({ groups: TWO_APPROVERS.map((group) => ({ ...group, team: 'home' as const })) })];

    expect((await approve(both)).kind).toBe('counted');
    const votes = (await approvals.find('r-1-1'))?.votes.map(({ person }) => person.id);
    expect(votes).toEqual([carol.id]);
  });
});
