import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../../src/domain/actor.ts';
import { DeniedError, UserError } from '../../../../src/domain/errors.ts';
import { aPerson } from '../../../support/world.ts';
import {
  aPolicy,
  BREAK_GLASS,
  createApprovalWorld,
  HOUR_MS,
  MALLORY,
  otherEnvironment,
  PEOPLE,
  PROD,
  told,
  without,
} from './approval-world.ts';

const { alice, bob, carol, dana, erin, gus } = PEOPLE;
const REASON = 'gateway down, certificate expired';
const POLICY = aPolicy({ breakGlass: BREAK_GLASS });

/** With an emergency of alice's. */
async function opened(policies = [POLICY]) {
  const world = createApprovalWorld({ policies });
  const found = await world.breakGlass.open({ id: 'bg-1', actor: alice, environment: PROD, reason: REASON });
  const review = (actor: Actor, note = 'right, and done') => world.breakGlass.closeReview({ id: 'bg-1', actor, note });
  return { ...world, found, review };
}

describe('open', () => {
  it('lasts as long as the policy says, and owes a review', async () => {
    const { found, clock, audited, breakGlass } = await opened();
    const hoursLater = (hours: number) => new Date(clock.now().getTime() + hours * HOUR_MS);

    expect(found).toMatchObject({
      customer: 'acme',
      environment: 'prod',
      person: { id: alice.id },
      reason: REASON,
      until: hoursLater(1),
      reviewDueAt: hoursLater(72),
      approvals: [],
    });
    expect(await breakGlass.unreviewed()).toEqual([found]);
    expect(told(audited)).toEqual(['U0ALICE break_glass.opened']);
    expect(audited[0]).toMatchObject({ reason: REASON, environment: 'prod' });
  });

  it('opens once for each id', async () => {
    const { breakGlass, found, audited, clock } = await opened();
    clock.advance(HOUR_MS);
    const again = { id: 'bg-1', actor: alice, environment: PROD, reason: 'something else' };
    expect(await breakGlass.open(again)).toEqual(found);
    expect(audited).toHaveLength(1);
  });

  it('takes the strictest of the policies that allow it', async () => {
    const longer = { roles: ['operator'], lastsMs: 4 * HOUR_MS, reviewWithinMs: HOUR_MS };
    const { found, clock } = await opened([POLICY, aPolicy({ changes: ['restart'], breakGlass: longer })]);
    expect(found.until.getTime() - clock.now().getTime()).toBe(HOUR_MS);
    expect(found.reviewDueAt.getTime() - clock.now().getTime()).toBe(HOUR_MS);
  });

  it.each([
    ['a stranger', MALLORY, PROD],
    ['an approver without the permission', carol, PROD],
    ['the customer', dana, PROD],
    ['an operator of another environment than that of the policy', alice, otherEnvironment('dev')],
  ])('denies %s', async (_who, actor, environment) => {
    const { breakGlass } = createApprovalWorld({ policies: [POLICY] });
    await expect(breakGlass.open({ id: 'bg-1', actor, environment, reason: REASON })).rejects.toThrow(DeniedError);
    expect(await breakGlass.unreviewed()).toEqual([]);
  });

  it.each([
    ['no policy has a rule for it', [aPolicy()]],
    ['the rule is for another role', [aPolicy({ breakGlass: { ...BREAK_GLASS, roles: ['approver'] } })]],
    ['there is no policy', []],
  ])('denies everybody when %s', async (_what, policies) => {
    const { breakGlass } = createApprovalWorld({ policies });
    const request = { id: 'bg-1', actor: alice, environment: PROD, reason: REASON };
    await expect(breakGlass.open(request)).rejects.toThrow(DeniedError);
  });

  it.each(['', 'urgent', 'urgenturgent', '..........', 'a b c d e f', 'down  down', '1234567890 123'])(
    'wants a reason that says something, unlike %j',
    async (reason) => {
      const { breakGlass } = createApprovalWorld({ policies: [POLICY] });
      const error = await breakGlass
        .open({ id: 'bg-1', actor: alice, environment: PROD, reason })
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(UserError);
      expect(error).not.toBeInstanceOf(DeniedError);
    },
  );
});

describe('answering', () => {
  it('answers for the person, the environment and the kinds of change of the policy', async () => {
    const restart = aPolicy({ name: 'restarts', changes: ['restart'] });
    const { breakGlass, found } = await opened([POLICY, restart]);

    expect(await breakGlass.answering(alice, PROD, 'patch')).toEqual(found);
    expect(await breakGlass.answering(alice, PROD, 'restart')).toBeUndefined();
    expect(await breakGlass.answering(alice, PROD, 'deploy')).toBeUndefined();
    expect(await breakGlass.answering(alice, otherEnvironment('dev'), 'patch')).toBeUndefined();
    expect(await breakGlass.answering(bob, PROD, 'patch')).toBeUndefined();
  });

  it('ends with its time', async () => {
    const { breakGlass, clock } = await opened();
    clock.advance(HOUR_MS - 1);
    expect(await breakGlass.answering(alice, PROD, 'patch')).toBeDefined();
    clock.advance(1);
    expect(await breakGlass.answering(alice, PROD, 'patch')).toBeUndefined();
  });

  it('ends with its review, and with the role of the person', async () => {
    const { breakGlass, review, config } = await opened();
    const { people } = config;
    config.people = without(people, alice.id, 'operator');
    expect(await breakGlass.answering(alice, PROD, 'patch')).toBeUndefined();
    config.people = people;
    await review(carol);
    expect(await breakGlass.answering(alice, PROD, 'patch')).toBeUndefined();
  });
});

describe('closeReview', () => {
  it('keeps who reviewed it, and when', async () => {
    const { breakGlass, review, clock, audited } = await opened();
    clock.advance(2 * HOUR_MS);

    expect((await review(carol)).review).toMatchObject({
      by: { id: carol.id },
      at: clock.now(),
      note: 'right, and done',
    });
    expect(await breakGlass.unreviewed()).toEqual([]);
    expect(told(audited).at(-1)).toBe('U0CAROL break_glass.reviewed');
    expect(audited.at(-1)).toMatchObject({ after: { person: alice.id } });
  });

  it('says who closed it before, and takes the same review twice for one', async () => {
    const { review, audited } = await opened();
    const closed = await review(carol);
    expect(await review(carol)).toEqual(closed);
    await expect(review(bob)).rejects.toThrow(/^T0MERIDIAN:U0CAROL closed this review on 2026-03-01 03:00 UTC\.$/);
    await expect(review(carol, 'another note')).rejects.toThrow(UserError);
    expect(audited).toHaveLength(2);
  });

  it.each([
    ['who may not review', alice],
    ['an auditor', erin],
    ['the people of another customer', gus],
    ['a stranger', MALLORY],
  ])('denies %s', async (_who, actor) => {
    const { review } = await opened();
    await expect(review(actor)).rejects.toThrow(DeniedError);
  });

  it('denies the person who used it, by any of their accounts', async () => {
    const { review, config } = await opened();
    const both = aPerson('T0MERIDIAN:U0ALICE', { operator: 'all', approver: 'all' });
    config.people = config.people.map((person) =>
      person.id === alice.id ? { ...both, alsoKnownAs: ['T0ACME:U0ALICE2'] } : person,
    );
    await expect(review(alice)).rejects.toThrow('somebody else has to review it');
    await expect(review({ ...both, id: 'T0ACME:U0ALICE2' })).rejects.toThrow('somebody else has to review it');
  });

  it('wants a note and something to review', async () => {
    const { review, breakGlass } = await opened();
    await expect(review(carol, ' ')).rejects.toThrow(UserError);
    await expect(breakGlass.closeReview({ id: 'bg-9', actor: carol, note: 'x' })).rejects.toThrow(UserError);
  });
});

describe('who may ask in an emergency', () => {
  const nobodyElse = { people: [alice] };

  it('is whoever may ask, also when nobody is there to approve', async () => {
    const { approvals, breakGlass } = createApprovalWorld({ policies: [POLICY], ...nobodyElse });
    expect((await approvals.mayRequest(alice, PROD, 'patch')).allowed).toBe(false);
    await breakGlass.open({ id: 'bg-1', actor: alice, environment: PROD, reason: REASON });
    expect((await approvals.mayRequest(alice, PROD, 'patch')).allowed).toBe(true);
  });

  it('is nobody who may not ask', async () => {
    const policy = aPolicy({ breakGlass: BREAK_GLASS, requesters: ['approver'] });
    const { approvals, breakGlass } = createApprovalWorld({ policies: [policy] });
    await breakGlass.open({ id: 'bg-1', actor: alice, environment: PROD, reason: REASON });
    expect(await approvals.mayRequest(alice, PROD, 'patch')).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('lets *approver* ask for this, not you'),
    });
  });
});

describe('toTell', () => {
  it("names who could approve a change there and the customer's approvers, without the person", async () => {
    const { breakGlass, found } = await opened();
    expect(breakGlass.toTell(found).map(({ id }) => id)).toEqual([bob.id, carol.id, dana.id]);
  });

  it('names nobody twice, nor the person by another account', async () => {
    const { breakGlass, found, config } = await opened();
    config.people = config.people.map((person) => {
      const also = { [carol.id]: ['T0ACME:U0CAROL2' as const], [alice.id]: ['T0MERIDIAN:U0ALICE2' as const] }[
        person.id
      ];
      const grants = [...person.grants, { role: 'approver', customers: 'all' as const }];
      return also === undefined ? person : { ...person, grants, alsoKnownAs: also };
    });
    expect(breakGlass.toTell(found).map(({ id }) => id)).toEqual([bob.id, carol.id, dana.id]);
  });
});
