import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createApprovalStore } from '../../../../src/adapters/store/approvals.ts';
import { createBreakGlassStore } from '../../../../src/adapters/store/break-glass.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { Actor } from '../../../../src/domain/actor.ts';
import type { ApprovalPolicy } from '../../../../src/domain/approval-policy.ts';
import type { VoteOutcome } from '../../../../src/services/approvals/approval-service.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { aPerson } from '../../../support/world.ts';
import {
  aPolicy,
  aQuestion,
  BREAK_GLASS,
  createApprovalWorld,
  createRecordingEngine,
  OURS_AND_THEIRS,
  PEOPLE,
  PROD,
  told,
} from '../../services/approvals/approval-world.ts';

const { alice, bob, carol, dana } = PEOPLE;
const APPROVERS = Array.from({ length: 50 }, (_, index) => aPerson(`T0MERIDIAN:U0A${index}`, { approver: 'all' }));

let stores: Store[] = [];

beforeAll(async () => {
  const url = await createTestDatabase(inject('postgresSocket'));
  stores = await Promise.all([openTestStore(url), openTestStore(url)]);
});
afterAll(() => Promise.all(stores.map((store) => store.close())));

/** Two replicas on one database, with one engine. */
function replicas(policies: readonly ApprovalPolicy[], people: readonly Actor[] = Object.values(PEOPLE)) {
  const engine = createRecordingEngine();
  const worlds = stores.map((store) =>
    createApprovalWorld({
      policies,
      people,
      engine,
      store: createApprovalStore(store),
      breakGlassStore: createBreakGlassStore(store),
    }),
  );
  const [first, second] = worlds;
  return { first: first!, second: second!, worlds, engine };
}

function countsOf(outcomes: readonly VoteOutcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of outcomes) {
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

describe('approvals in two replicas', () => {
  it('are decided once by 50 clicks at once, and 49 hear by whom', async () => {
    const { first, worlds, engine } = replicas([aPolicy()], [alice, ...APPROVERS]);
    const { id } = await first.approvals.request(aQuestion({ id: 'r-1-1' }));

    const outcomes = await Promise.all(
      APPROVERS.map((actor, index) => worlds[index % 2]!.approvals.approve({ id, actor })),
    );

    expect(countsOf(outcomes)).toEqual({ decided: 1, late: 49 });
    const approval = await first.approvals.find(id);
    const told49 = outcomes.map((outcome) => 'approval' in outcome && outcome.approval);
    expect(told49).toEqual(APPROVERS.map(() => approval));
    expect(approval?.votes).toHaveLength(1);
    expect(approval?.votes[0]?.person).toEqual(approval?.decision?.by);
    expect(engine.received).toEqual([{ workflowId: 'rollout:r-1', topic: 'approval', body: id }]);
    const approved = worlds.flatMap(({ audited }) => told(audited)).filter((line) => line.endsWith('change.approved'));
    expect(approved).toHaveLength(1);
  });

  it('are approved or rejected, never both', async () => {
    const { first, second, engine, worlds } = replicas([aPolicy()], [alice, ...APPROVERS]);
    for (let round = 0; round < 10; round += 1) {
      const { id } = await first.approvals.request(aQuestion({ id: `r-2-${round}` }));
      const [one, other] = [APPROVERS[round]!, APPROVERS[round + 10]!];

      const outcomes = await Promise.all([
        first.approvals.approve({ id, actor: one }),
        second.approvals.reject({ id, actor: other }, 'not tonight'),
      ]);

      expect(countsOf(outcomes)).toEqual({ decided: 1, late: 1 });
      const winner = outcomes[0].kind === 'decided' ? one : other;
      const approval = await first.approvals.find(id);
      expect(approval?.decision?.by?.id).toBe(winner.id);
      expect(approval?.status).toBe(winner === one ? 'approved' : 'rejected');
    }
    expect(engine.received).toHaveLength(10);
    const entries = worlds.flatMap(({ audited }) => audited).filter(({ action }) => action !== 'change.requested');
    expect(entries).toHaveLength(10);
  });

  it('lose no vote when two groups approve at once', async () => {
    const { first, second, engine } = replicas([aPolicy({ groups: OURS_AND_THEIRS })]);
    for (let round = 0; round < 10; round += 1) {
      const { id } = await first.approvals.request(aQuestion({ id: `r-3-${round}` }));

      const outcomes = await Promise.all([
        first.approvals.approve({ id, actor: carol }),
        second.approvals.approve({ id, actor: dana }),
      ]);

      expect(countsOf(outcomes)).toEqual({ counted: 1, decided: 1 });
      const approval = await first.approvals.find(id);
      expect(approval?.status).toBe('approved');
      expect(approval?.votes.map(({ person }) => person.id).toSorted()).toEqual([dana.id, carol.id].toSorted());
    }
    expect(engine.received).toHaveLength(10);
  });

  it('give one person one seat, however often and wherever they click', async () => {
    const groups = [{ role: 'approver', count: 2, team: 'home' as const }];
    const { first, worlds, engine } = replicas([aPolicy({ groups })]);
    const { id } = await first.approvals.request(aQuestion({ id: 'r-4-1' }));

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, index) => worlds[index % 2]!.approvals.approve({ id, actor: carol })),
    );

    expect(countsOf(outcomes)).toEqual({ counted: 1, repeated: 9 });
    expect((await first.approvals.find(id))?.votes).toHaveLength(1);
    expect(engine.received).toEqual([]);
  });

  it('are asked for once by two replicas at once', async () => {
    const { first, second, worlds } = replicas([aPolicy()]);
    const question = aQuestion({ id: 'r-5-1' });
    const [one, other] = await Promise.all([first.approvals.request(question), second.approvals.request(question)]);

    expect(one).toEqual(other);
    expect(worlds.flatMap(({ audited }) => told(audited))).toEqual(['U0ALICE change.requested']);
  });

  it('close a review of break-glass once, without losing what it answered', async () => {
    const { first, second } = replicas([aPolicy({ breakGlass: BREAK_GLASS })]);
    await first.breakGlass.open({ id: 'bg-1', actor: alice, environment: PROD, reason: 'gateway is down' });

    const [, ...reviews] = await Promise.allSettled([
      second.breakGlass.used('bg-1', 'r-6-1'),
      first.breakGlass.closeReview({ id: 'bg-1', actor: carol, note: 'right' }),
      second.breakGlass.closeReview({ id: 'bg-1', actor: bob, note: 'right' }),
    ]);

    expect(reviews.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await first.breakGlass.find('bg-1')).toMatchObject({ approvals: ['r-6-1'], review: { note: 'right' } });
  });
});
