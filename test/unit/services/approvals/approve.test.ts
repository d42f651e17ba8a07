import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../../src/domain/actor.ts';
import { aPerson } from '../../../support/world.ts';
import {
  anEmptyEngine,
  aPolicy,
  asked,
  createApprovalWorld,
  HOUR_MS,
  MALLORY,
  OURS_AND_THEIRS,
  PEOPLE,
  told,
  without,
} from './approval-world.ts';

const { alice, bob, carol, dana, erin, gus } = PEOPLE;

describe('approve', () => {
  it('decides with the last seat, and tells the workflow, the log and the card', async () => {
    const { approve, clock, engine, audited, changed } = await asked();

    const outcome = await approve(carol);

    expect(outcome).toMatchObject({
      kind: 'decided',
      approval: {
        status: 'approved',
        requester: { id: alice.id },
        votes: [{ person: { id: carol.id }, at: clock.now() }],
        decision: { by: { id: carol.id }, at: clock.now() },
      },
    });
    expect(engine.received).toEqual([{ workflowId: 'rollout:r-1', topic: 'approval', body: 'r-1-1' }]);
    expect(told(audited)).toEqual(['U0ALICE change.requested', 'U0CAROL change.approved']);
    expect(audited[1]).toMatchObject({
      customer: 'acme',
      environment: 'prod',
      before: { status: 'pending' },
      after: { status: 'approved', requester: alice.id, approvers: [carol.id] },
    });
    expect(changed.map(({ status }) => status)).toEqual(['pending', 'approved']);
  });

  it('tells who is late by whom and when it was decided, draws the old card once, and wakes the workflow once', async () => {
    const { approve, clock, engine, audited, changed } = await asked();
    await approve(carol);
    const decidedAt = clock.now();
    clock.advance(60_000);

    expect(await approve(bob)).toMatchObject({
      kind: 'late',
      approval: { status: 'approved', decision: { by: { id: carol.id }, at: decidedAt } },
    });
    expect(engine.received).toHaveLength(1);
    expect(audited).toHaveLength(2);
    expect(changed.map(({ status }) => status)).toEqual(['pending', 'approved', 'approved']);
  });

  it('does not know an id that is none', async () => {
    const { approvals } = createApprovalWorld();
    expect(await approvals.approve({ id: 'r-9-1', actor: carol })).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['a stranger', MALLORY, 'I do not know you'],
    ['an auditor', erin, '`change.approve` needs'],
    ['the people of another customer', gus, '`change.approve` needs'],
    ['a customer where the policy wants one of ours', dana, 'you are none of them'],
    ['the requester', alice, 'somebody else has to decide'],
    ['an account with forged grants', { ...MALLORY, grants: carol.grants }, 'I do not know you'],
  ])('refuses %s', async (_who, actor, reason) => {
    const { approve, approvals, audited } = await asked();
    expect(await approve(actor)).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) });
    expect((await approvals.find('r-1-1'))?.votes).toEqual([]);
    expect(audited).toHaveLength(1);
  });

  it('tells outsiders nothing of a decision', async () => {
    const { approve } = await asked();
    await approve(carol);
    expect((await approve(gus)).kind).toBe('refused');
    expect((await approve(MALLORY)).kind).toBe('refused');
  });

  it.each([
    ['that the configuration knows now', [carol.id], []],
    ['of hers that was known when she asked', [], [carol.id]],
  ])('refuses the requester by another account %s', async (_what, known, before) => {
    const accounts = before as Actor['alsoKnownAs'];
    const people = Object.values(PEOPLE).map((person) =>
      person.id === alice.id ? { ...person, alsoKnownAs: accounts } : person,
    );
    const { approve, config } = await asked({ people });
    config.people = Object.values(PEOPLE).map((person) =>
      person.id === alice.id ? { ...person, alsoKnownAs: known } : person,
    );
    expect(await approve(carol)).toEqual({
      kind: 'refused',
      reason: 'You asked for this change, so somebody else has to decide on it.',
    });
  });

  it('waits for all groups', async () => {
    const { approve, approvals, engine } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });

    const first = await approve(dana);
    expect(first).toMatchObject({ kind: 'counted', open: [{ role: 'approver', count: 1, team: 'home' }] });
    expect(engine.received).toEqual([]);
    expect(await approvals.find('r-1-1')).toMatchObject({ status: 'pending', votes: [{ person: { id: dana.id } }] });

    expect(await approve(carol)).toMatchObject({ kind: 'decided', approval: { votes: [{}, {}] } });
  });

  it('counts a person once', async () => {
    const { approve, approvals } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });
    await approve(carol);

    const open = [{ role: 'customer', count: 1, team: 'customer' }];
    expect(await approve(carol)).toMatchObject({ kind: 'repeated', open, approval: { votes: [{}] } });
    expect((await approvals.find('r-1-1'))?.votes).toHaveLength(1);
  });

  it('gives one human being one seat, by whatever account', async () => {
    const groups = [{ role: 'approver', count: 2, team: 'any' as const }];
    const second = aPerson('T0ACME:U0CAROL2', { approver: 'all' });
    const people = [...Object.values(PEOPLE), { ...second, alsoKnownAs: [carol.id] }];
    const { approve } = await asked({ policies: [aPolicy({ groups })], people });
    await approve(carol);

    expect((await approve(second)).kind).toBe('repeated');
    expect((await approve(bob)).kind).toBe('decided');
  });

  it('gives no seat of the customer to one of ours, also by an account in their workspace', async () => {
    const guest = { ...aPerson('T0ACME:U0CAROL2', { customer: ['acme'] }), alsoKnownAs: [carol.id] };
    const people = [...Object.values(PEOPLE), guest];
    const { approve } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })], people });
    expect((await approve(guest)).kind).toBe('refused');
    await approve(carol);
    expect((await approve(dana)).kind).toBe('decided');
  });

  it('refuses who finds their seats taken, and says what is open', async () => {
    const { approve } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });
    await approve(carol);
    expect(await approve(bob)).toEqual({
      kind: 'refused',
      reason: "The seats that you could take are taken. It still needs 1 × *customer* of the customer's own people.",
    });
  });

  it('does not count the vote of somebody who has lost their role since', async () => {
    const groups = [{ role: 'approver', count: 2, team: 'home' as const }];
    const { approve, approvals, config } = await asked({ policies: [aPolicy({ groups })] });
    await approve(carol);
    config.people = without(config.people, carol.id, 'approver');

    expect(await approve(bob)).toMatchObject({ kind: 'counted', open: [{ role: 'approver', count: 1 }] });
    expect((await approvals.find('r-1-1'))?.status).toBe('pending');
  });

  it('decides by the policy of now, even by the click of somebody whose vote is there', async () => {
    const { approve, config } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });
    await approve(carol);
    config.policies = [aPolicy()];
    expect((await approve(carol)).kind).toBe('decided');
  });

  it('refuses everybody once the policy is gone, and says so', async () => {
    const { approve, approvals, config } = await asked();
    config.policies = [];
    expect(await approve(carol)).toEqual({ kind: 'refused', reason: expect.stringContaining('nobody can approve it') });
    expect(await approvals.waitingFor(carol)).toEqual([]);
  });

  it('wants the name of the environment typed', async () => {
    const { approve, audited } = await asked({ policies: [aPolicy({ confirmByTyping: true })] });

    expect(await approve(carol)).toEqual({ kind: 'needs_typing', phrase: 'acme/prod' });
    expect(await approve(carol, 'acme/dev')).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('`acme/prod`'),
    });
    expect((await approve(carol, '')).kind).toBe('refused');
    expect(audited).toHaveLength(1);
    expect((await approve(carol, ' Acme/prod ')).kind).toBe('decided');
  });

  it('does not ask somebody to type who may not approve', async () => {
    const { approve } = await asked({ policies: [aPolicy({ confirmByTyping: true })] });
    expect((await approve(alice)).kind).toBe('refused');
  });

  it('is late when the time is over, although nobody has written that down yet', async () => {
    const { approve, clock, engine, audited } = await asked();
    clock.advance(24 * HOUR_MS);

    expect(await approve(carol)).toMatchObject({ kind: 'late', approval: { status: 'expired', votes: [] } });
    expect(engine.received).toHaveLength(1);
    expect(told(audited)).toEqual(['U0ALICE change.requested', 'msops change.expired']);
  });

  it('counts in the last millisecond', async () => {
    const { approve, clock } = await asked();
    clock.advance(24 * HOUR_MS - 1);
    expect((await approve(carol)).kind).toBe('decided');
  });

  it.each(['withdraw', 'void'] as const)('is late after %s', async (way) => {
    const { approvals, approve } = await asked();
    await (way === 'void' ? approvals.void('r-1-1', 'other packages') : approvals.withdraw('r-1-1', alice, 'mistake'));
    expect((await approve(carol)).kind).toBe('late');
  });

  it('counts when the workflow is gone', async () => {
    const { approve } = await asked({ engine: anEmptyEngine() });
    expect((await approve(carol)).kind).toBe('decided');
  });

  it('says that it failed when the workflow waits and could not be told, and tells it at the next click', async () => {
    let isAway = true;
    const received: unknown[] = [];
    const engine = {
      send: async (_id: string, message: unknown) => {
        if (isAway) {
          throw new Error('store is away');
        }
        received.push(message);
      },
      state: async () => 'pending' as const,
    };
    const { approve, audited, changed } = await asked({ engine });

    await expect(approve(carol)).rejects.toThrow('store is away');
    expect([told(audited).at(-1), changed.at(-1)?.status]).toEqual(['U0CAROL change.approved', 'approved']);

    isAway = false;
    expect((await approve(carol)).kind).toBe('late');
    expect(received).toHaveLength(1);
  });
});
