import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aPolicy,
  aQuestion,
  asked,
  createApprovalWorld,
  MALLORY,
  OURS_AND_THEIRS,
  PEOPLE,
  told,
} from './approval-world.ts';

const { alice, bob, carol, dana, erin } = PEOPLE;

describe('reject', () => {
  it('decides with one no, and keeps the reason', async () => {
    const { reject, approve, engine, audited } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });
    await approve(carol);

    expect(await reject(dana, ' not tonight ')).toMatchObject({
      kind: 'decided',
      approval: { status: 'rejected', decision: { by: { id: dana.id }, reason: 'not tonight' } },
    });
    expect(engine.received).toHaveLength(1);
    expect(told(audited).at(-1)).toBe('U0DANA change.rejected');
    expect((await approve(carol)).kind).toBe('late');
  });

  it('wants a reason', async () => {
    const { reject } = await asked();
    expect(await reject(carol, '  ')).toEqual({ kind: 'refused', reason: expect.stringContaining('Say why') });
  });

  it('wants none of who is late, whose old card is drawn once', async () => {
    const { approve, reject, changed } = await asked();
    await approve(carol);
    expect(await reject(bob, '')).toMatchObject({ kind: 'late', approval: { status: 'approved' } });
    expect(changed.map(({ status }) => status)).toEqual(['pending', 'approved', 'approved']);
  });

  it('lets who approved change their mind while it waits', async () => {
    const { reject, approve } = await asked({ policies: [aPolicy({ groups: OURS_AND_THEIRS })] });
    await approve(carol);
    expect((await reject(carol)).kind).toBe('decided');
  });

  it.each([
    ['the requester', alice],
    ['an auditor', erin],
    ['a stranger', MALLORY],
    ['who fits no group', dana],
  ])('refuses %s', async (_who, actor) => {
    const { reject } = await asked();
    expect((await reject(actor)).kind).toBe('refused');
  });

  it('never asks for typing', async () => {
    const { reject } = await asked({ policies: [aPolicy({ confirmByTyping: true })] });
    expect((await reject(carol)).kind).toBe('decided');
  });
});

describe('votes in any order', () => {
  const everybody = [...Object.values(PEOPLE), MALLORY];
  const clicks = fc.array(fc.constantFrom(...everybody), { maxLength: 10 });
  const role = fc.constantFrom('approver', 'operator', 'customer');
  const team = fc.constantFrom('home' as const, 'customer' as const, 'any' as const);
  const groups = fc.array(fc.record({ role, count: fc.integer({ min: 1, max: 2 }), team }), {
    minLength: 1,
    maxLength: 2,
  });

  it('never give a seat to the requester, nor two to anybody, and decide only when all seats are taken', async () => {
    await fc.assert(
      fc.asyncProperty(groups, clicks, async (wanted, actors) => {
        const world = createApprovalWorld({ policies: [aPolicy({ groups: wanted })] });
        fc.pre((await world.approvals.mayRequest(alice, aQuestion().environment, 'patch')).allowed);
        await world.approvals.request(aQuestion());
        const kinds: string[] = [];
        for (const actor of actors) {
          kinds.push((await world.approvals.approve({ id: 'r-1-1', actor })).kind);
        }
        const approval = await world.approvals.find('r-1-1');
        const voters = approval?.votes.map(({ person }) => person.id) ?? [];
        const seats = wanted.reduce((sum, { count }) => sum + count, 0);
        expect(voters).not.toContain(alice.id);
        expect(new Set(voters).size).toBe(voters.length);
        expect(approval?.status).toBe(voters.length === seats ? 'approved' : 'pending');
        expect(kinds.filter((kind) => kind === 'counted' || kind === 'decided')).toHaveLength(voters.length);
      }),
      { numRuns: 60 },
    );
  });
});
