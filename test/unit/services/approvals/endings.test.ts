import { describe, expect, it } from 'vitest';
import { aPerson } from '../../../support/world.ts';
import {
  aPolicy,
  aQuestion,
  asked,
  BREAK_GLASS,
  createApprovalWorld,
  HOUR_MS,
  OURS_AND_THEIRS,
  PEOPLE,
  PROD,
  told,
  without,
} from './approval-world.ts';

const { alice, bob, carol, dana, erin } = PEOPLE;
const { payload } = aQuestion();

describe('withdraw, expire and void', () => {
  it('withdraws what is pending, and nothing else', async () => {
    const { approvals, approve, audited, engine } = await asked();
    expect(await approvals.withdraw('r-1-1', alice, 'wrong host')).toMatchObject({
      status: 'withdrawn',
      decision: { by: { id: alice.id }, reason: 'wrong host' },
    });
    expect(told(audited).at(-1)).toBe('U0ALICE change.withdrawn');
    expect(engine.received).toHaveLength(1);

    const other = await asked();
    await other.approve(carol);
    expect((await other.approvals.withdraw('r-1-1', alice, 'too late'))?.status).toBe('approved');
    expect(await approve(carol)).toMatchObject({ kind: 'late' });
  });

  it('withdraws nothing whose time is over: it is expired', async () => {
    const { approvals, clock } = await asked();
    clock.advance(24 * HOUR_MS);
    expect((await approvals.withdraw('r-1-1', alice, 'late'))?.status).toBe('expired');
  });

  it('expires only what is pending and over', async () => {
    const { approvals, clock, audited } = await asked();
    expect((await approvals.expire('r-1-1'))?.status).toBe('pending');

    clock.advance(24 * HOUR_MS);
    const ended = await approvals.expire('r-1-1');
    expect(ended).toMatchObject({ status: 'expired', decision: { at: ended?.expiresAt } });
    expect(told(audited).slice(1)).toEqual(['msops change.expired']);
    expect(await approvals.expire('r-1-1')).toEqual(ended);

    const other = await asked();
    await other.approve(carol);
    other.clock.advance(24 * HOUR_MS);
    expect((await other.approvals.expire('r-1-1'))?.status).toBe('approved');
  });

  it('voids what was approved, keeps who approved it, and leaves other endings alone', async () => {
    const { approvals, approve, audited } = await asked();
    await approve(carol);
    expect(await approvals.void('r-1-1', 'curl is newer now')).toMatchObject({
      status: 'void',
      votes: [{ person: { id: carol.id } }],
      decision: { reason: 'curl is newer now' },
    });
    expect(told(audited).at(-1)).toBe('msops change.voided');

    const other = await asked();
    await other.reject(carol);
    expect((await other.approvals.void('r-1-1', 'x'))?.status).toBe('rejected');
  });

  it('knows no approval of another id', async () => {
    const { approvals } = createApprovalWorld();
    expect(await approvals.withdraw('r-9-1', alice, 'x')).toBeUndefined();
    expect(await approvals.expire('r-9-1')).toBeUndefined();
    expect(await approvals.void('r-9-1', 'x')).toBeUndefined();
    expect(await approvals.recheck('r-9-1', payload)).toMatchObject({ allowed: false });
  });
});

describe('recheck', () => {
  it('allows what was approved, as it was approved', async () => {
    const { approvals, approve, clock } = await asked();
    await approve(carol);
    clock.advance(100 * HOUR_MS);
    expect(await approvals.recheck('r-1-1', { packages: ['curl=8.5'], hosts: ['apim-1'] })).toEqual({ allowed: true });
  });

  it.each(['pending', 'rejected', 'expired', 'void', 'withdrawn'])('denies what is %s', async (status) => {
    const { approvals, reject, clock } = await asked();
    const ways: Record<string, () => Promise<unknown>> = {
      pending: async () => undefined,
      rejected: () => reject(carol),
      expired: async () => clock.advance(24 * HOUR_MS) ?? approvals.expire('r-1-1'),
      void: () => approvals.void('r-1-1', 'x'),
      withdrawn: () => approvals.withdraw('r-1-1', alice, 'x'),
    };
    await ways[status]?.();
    expect(await approvals.recheck('r-1-1', payload)).toEqual({
      allowed: false,
      reason: `It is not approved: it is ${status}.`,
    });
  });

  it('denies another payload', async () => {
    const { approvals, approve } = await asked();
    await approve(carol);
    expect(await approvals.recheck('r-1-1', { hosts: ['apim-1', 'apim-2'], packages: ['curl=8.5'] })).toEqual({
      allowed: false,
      reason: 'What would be done now is not what was approved.',
    });
  });

  it('denies it when the requester may not ask any more', async () => {
    const { approvals, approve, config } = await asked();
    await approve(carol);
    config.people = without(config.people, alice.id, 'operator');
    expect(await approvals.recheck('r-1-1', payload)).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('may not do so any more'),
    });
  });

  it('denies it when an approver has lost their role, and names what is missing', async () => {
    const { approvals, approve, config } = await asked();
    await approve(carol);
    config.people = without(config.people, carol.id, 'approver');
    expect(await approvals.recheck('r-1-1', payload)).toEqual({
      allowed: false,
      reason: expect.stringContaining('the approval of 1 × *approver* of ours is missing'),
    });
  });

  it('denies it when the policy wants more now, or is gone', async () => {
    const { approvals, approve, config } = await asked();
    await approve(carol);
    config.policies = [aPolicy({ groups: OURS_AND_THEIRS })];
    expect((await approvals.recheck('r-1-1', payload)).allowed).toBe(false);
    config.policies = [];
    expect((await approvals.recheck('r-1-1', payload)).allowed).toBe(false);
  });

  it('denies it when the approver turns out to be the requester', async () => {
    const { approvals, approve, config } = await asked();
    await approve(carol);
    config.people = config.people.map((person) =>
      person.id === alice.id ? { ...person, alsoKnownAs: [carol.id] } : person,
    );
    expect((await approvals.recheck('r-1-1', payload)).allowed).toBe(false);
  });

  it('allows what an emergency answered, also after its end', async () => {
    const { approvals, breakGlass, clock } = createApprovalWorld({
      policies: [aPolicy({ breakGlass: BREAK_GLASS })],
    });
    await breakGlass.open({ id: 'bg-1', actor: alice, environment: PROD, reason: 'gateway is down' });
    await approvals.request(aQuestion());
    clock.advance(2 * HOUR_MS);

    expect(await approvals.recheck('r-1-1', payload)).toEqual({ allowed: true });
  });

  it.each([
    ['of another environment', { environment: 'dev' }],
    ['that was over', { until: new Date(0) }],
    ['of somebody else', { person: { id: bob.id, accounts: [bob.id], name: 'Bob' } }],
  ])('denies what was answered by an emergency %s', async (_what, change) => {
    const { approvals, breakGlassStore, breakGlass } = createApprovalWorld({
      policies: [aPolicy({ breakGlass: BREAK_GLASS })],
    });
    await breakGlass.open({ id: 'bg-1', actor: alice, environment: PROD, reason: 'gateway is down' });
    await approvals.request(aQuestion());
    const found = await breakGlassStore.find('bg-1');
    await breakGlassStore.replace(found!, { ...found!.breakGlass, ...change });

    expect(await approvals.recheck('r-1-1', payload)).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('break-glass'),
    });
  });
});

describe('waitingFor', () => {
  it('lists what the person could approve now, oldest first', async () => {
    const { approvals, approve, clock } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });
    await approvals.request(aQuestion({ id: 'r-2-1' }));
    const waiting = async (actor: typeof alice) => (await approvals.waitingFor(actor)).map(({ id }) => id);

    expect(await waiting(carol)).toEqual(['r-1-1', 'r-2-1']);
    expect(await waiting(dana)).toEqual(['r-1-1', 'r-2-1']);
    await approve(carol);
    expect(await waiting(carol)).toEqual(['r-2-1']);
    expect(await waiting(bob)).toEqual(['r-2-1']);
    expect(await waiting(dana)).toEqual(['r-1-1', 'r-2-1']);
    expect(await waiting(alice)).toEqual([]);
    expect(await waiting(erin)).toEqual([]);
    clock.advance(24 * HOUR_MS);
    expect(await waiting(dana)).toEqual([]);
  });

  it('lists what wants something typed', async () => {
    const { approvals } = await asked({ policies: [aPolicy({ confirmByTyping: true })] });
    expect(await approvals.waitingFor(carol)).toHaveLength(1);
  });
});

describe('openSeats', () => {
  it('is what is still needed, by the policy of now', async () => {
    const { approvals, approve, config } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });
    await approve(carol);
    const pending = (await approvals.find('r-1-1'))!;
    expect(approvals.openSeats(pending)).toEqual([{ role: 'customer', count: 1, team: 'customer' }]);

    config.people = [...config.people, aPerson('T0ACME:U0NEW', { customer: ['acme'] })].filter(
      ({ id }) => id !== carol.id,
    );
    expect(approvals.openSeats(pending)).toEqual(OURS_AND_THEIRS);
    await approvals.withdraw('r-1-1', alice, 'x');
    expect(approvals.openSeats((await approvals.find('r-1-1'))!)).toEqual([]);
  });
});
