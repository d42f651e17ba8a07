import { describe, expect, it } from 'vitest';
import { DeniedError } from '../../../../src/domain/errors.ts';
import { aPerson, theActor } from '../../../support/world.ts';
import {
  anEmptyEngine,
  aPolicy,
  aQuestion,
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

describe('mayRequest', () => {
  it('allows who holds a role of the policy when others can approve', async () => {
    const { approvals } = createApprovalWorld();
    expect(await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).toEqual({ allowed: true });
  });

  it.each([
    ['a stranger', MALLORY, 'I do not know you'],
    ['an auditor', PEOPLE.erin, '`change.request` needs the role *operator*'],
    ['an approver', PEOPLE.carol, '`change.request` needs'],
    ['the people of another customer', PEOPLE.gus, '`change.request` needs'],
  ])('denies %s', async (_who, actor, reason) => {
    const { approvals } = createApprovalWorld();
    expect(await approvals.mayRequest(actor, PROD, 'patch')).toEqual({
      allowed: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('goes by the configuration, not by the grants that somebody brings along', async () => {
    const { approvals } = createApprovalWorld();
    const forged = { ...MALLORY, grants: theActor('alice').grants };
    expect((await approvals.mayRequest(forged, PROD, 'patch')).allowed).toBe(false);
  });

  it('denies a role that the policy does not name, even with the permission', async () => {
    const { approvals } = createApprovalWorld({ policies: [aPolicy({ requesters: ['approver'] })] });
    expect(await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).toEqual({
      allowed: false,
      reason: 'The approval policy *prod-changes* lets *approver* ask for this, not you.',
    });
  });

  it.each([
    ['of another environment', otherEnvironment('dev'), 'patch'],
    ['of another kind of change', PROD, 'restart'],
  ] as const)('says that nobody can approve a change %s, which no policy covers', async (_what, environment, kind) => {
    const { approvals } = createApprovalWorld();
    expect(approvals.policyFor(environment, kind)).toBeUndefined();
    expect(await approvals.mayRequest(PEOPLE.alice, environment, kind)).toEqual({
      allowed: false,
      reason: expect.stringMatching(/No approval policy .* nobody can approve it/),
    });
  });

  it('takes two policies for the same change for none', async () => {
    const { approvals } = createApprovalWorld({ policies: [aPolicy(), aPolicy({ name: 'other' })] });
    expect((await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).allowed).toBe(false);
  });

  it.each([
    ['without groups', []],
    ['with a group of nobody', [{ role: 'approver', count: 0, team: 'any' as const }]],
  ])('says that nobody can approve by a policy %s', async (_what, groups) => {
    const { approvals } = createApprovalWorld({ policies: [aPolicy({ groups })] });
    expect(await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).toEqual({
      allowed: false,
      reason: expect.stringContaining('empty group'),
    });
  });

  it('names the group that nobody but the requester can fill', async () => {
    const groups = [
      { role: 'operator', count: 2, team: 'home' as const },
      { role: 'customer', count: 1, team: 'customer' as const },
    ];
    const { approvals } = createApprovalWorld({ policies: [aPolicy({ groups })] });
    expect(await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).toEqual({
      allowed: false,
      reason: expect.stringContaining('lacks 1 × *operator* of ours, whom'),
    });
  });

  it('counts nobody twice, neither for two roles nor for two accounts', async () => {
    const groups = [
      { role: 'approver', count: 1, team: 'home' as const },
      { role: 'operator', count: 1, team: 'home' as const },
    ];
    const bobAlone = Object.values(PEOPLE).filter(({ id }) => id !== PEOPLE.carol.id);
    const { approvals, config } = createApprovalWorld({ policies: [aPolicy({ groups })], people: bobAlone });
    expect((await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).allowed).toBe(false);

    const second = aPerson('T0ACME:U0BOB2', { operator: 'all' });
    config.people = [...bobAlone, { ...second, alsoKnownAs: [PEOPLE.bob.id] }];
    expect((await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).allowed).toBe(false);

    config.people = [...bobAlone, PEOPLE.carol];
    expect((await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).allowed).toBe(true);
  });

  it('does not count who may not approve any more', async () => {
    const { approvals, config } = createApprovalWorld();
    config.people = [PEOPLE.carol, PEOPLE.bob].reduce(
      (people, { id }) => without(people, id, 'approver'),
      Object.values(PEOPLE),
    );
    expect((await approvals.mayRequest(PEOPLE.alice, PROD, 'patch')).allowed).toBe(false);
  });
});

describe('request', () => {
  it('writes down who asked for what, until when, and tells it', async () => {
    const { approvals, clock, audited, changed, engine } = createApprovalWorld();

    const approval = await approvals.request(aQuestion());

    expect(approval).toMatchObject({
      customer: 'acme',
      environment: 'prod',
      change: 'patch',
      status: 'pending',
      votes: [],
      requester: { id: PEOPLE.alice.id },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      expiresAt: new Date(clock.now().getTime() + 24 * HOUR_MS),
    });
    expect(await approvals.find(approval.id)).toEqual(approval);
    expect(told(audited)).toEqual(['U0ALICE change.requested']);
    expect(changed).toEqual([approval]);
    expect(engine.received).toEqual([]);
  });

  it('denies it as mayRequest says, and writes nothing', async () => {
    const { approvals, audited } = createApprovalWorld();
    await expect(approvals.request(aQuestion({ requester: PEOPLE.carol }))).rejects.toThrow(DeniedError);
    expect(await approvals.find('r-1-1')).toBeUndefined();
    expect(audited).toEqual([]);
  });

  it('asks once for each id', async () => {
    const { approvals, audited } = createApprovalWorld();
    const first = await approvals.request(aQuestion());
    const again = await approvals.request(aQuestion({ payload: { hosts: ['other'] } }));

    expect(again).toEqual(first);
    expect(audited).toHaveLength(1);
  });

  it('is answered at once by an open break-glass of the requester', async () => {
    const policies = [aPolicy({ breakGlass: BREAK_GLASS })];
    const { approvals, breakGlass, audited, engine } = createApprovalWorld({ policies });
    const reason = 'gateway down, certificate expired';
    await breakGlass.open({ id: 'bg-1', actor: PEOPLE.alice, environment: PROD, reason });

    const approval = await approvals.request(aQuestion());

    expect(approval).toMatchObject({
      status: 'approved',
      breakGlassId: 'bg-1',
      decision: { reason: `Break-glass: ${reason}` },
    });
    expect(approval.decision?.by).toBeUndefined();
    expect((await breakGlass.find('bg-1'))?.approvals).toEqual(['r-1-1']);
    expect(told(audited).slice(1)).toEqual([
      'U0ALICE break_glass.used',
      'U0ALICE change.requested',
      'msops change.approved',
    ]);
    expect(engine.received).toEqual([{ workflowId: 'rollout:r-1', topic: 'approval', body: 'r-1-1' }]);
    expect(await approvals.request(aQuestion())).toEqual(approval);
    expect((await breakGlass.find('bg-1'))?.approvals).toEqual(['r-1-1']);
  });

  it('needs nobody to be there to approve in an emergency', async () => {
    const policies = [aPolicy({ breakGlass: BREAK_GLASS })];
    const { approvals, breakGlass } = createApprovalWorld({ policies, people: [PEOPLE.alice] });
    await expect(approvals.request(aQuestion())).rejects.toThrow('Nobody could ever approve this');

    await breakGlass.open({ id: 'bg-1', actor: PEOPLE.alice, environment: PROD, reason: 'gateway is down' });
    expect((await approvals.request(aQuestion())).status).toBe('approved');
  });

  it('does not fail when the workflow that waits is not there', async () => {
    const policies = [aPolicy({ breakGlass: BREAK_GLASS })];
    const { approvals, breakGlass } = createApprovalWorld({ policies, engine: anEmptyEngine() });
    await breakGlass.open({ id: 'bg-1', actor: PEOPLE.alice, environment: PROD, reason: 'gateway is down' });
    expect((await approvals.request(aQuestion())).status).toBe('approved');
  });
});
