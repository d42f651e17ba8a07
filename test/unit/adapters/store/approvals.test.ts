import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createApprovalStore } from '../../../../src/adapters/store/approvals.ts';
import { createBreakGlassStore } from '../../../../src/adapters/store/break-glass.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { toPerson } from '../../../../src/domain/actor.ts';
import type { Approval } from '../../../../src/services/approvals/approval.ts';
import type { BreakGlass } from '../../../../src/services/approvals/break-glass-service.ts';
import { NOW } from '../../../support/builders.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { theActor } from '../../../support/world.ts';

const ALICE = toPerson(theActor('alice'));
const CAROL = toPerson(theActor('carol'));
const LATER = new Date(NOW.getTime() + 3_600_000);

function anApproval(id: string, overrides: Partial<Approval> = {}): Approval {
  return {
    id,
    workflowId: 'rollout:r-1',
    customer: 'acme',
    environment: 'prod',
    change: 'patch',
    title: 'Install 7 packages on 2 hosts',
    requester: ALICE,
    digest: 'ab'.repeat(32),
    requestedAt: NOW,
    expiresAt: LATER,
    status: 'pending',
    votes: [],
    ...overrides,
  };
}

function aBreakGlass(id: string, overrides: Partial<BreakGlass> = {}): BreakGlass {
  return {
    id,
    customer: 'acme',
    environment: 'prod',
    person: ALICE,
    reason: 'gateway is down',
    openedAt: NOW,
    until: LATER,
    reviewDueAt: LATER,
    approvals: [],
    ...overrides,
  };
}

let store: Store;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
});
afterAll(() => store.close());
beforeEach(() => store.pool.query('truncate approvals, break_glass'));

describe('createApprovalStore', () => {
  it('gives back what was written, dates and odd text too', async () => {
    const approvals = createApprovalStore(store);
    const decided = anApproval('r-1-1', {
      title: 'a \u0000 and a \ud800',
      status: 'approved',
      votes: [{ person: CAROL, at: LATER }],
      decision: { by: CAROL, at: LATER, reason: 'fine' },
      breakGlassId: 'bg-1',
    });
    expect(await approvals.create(anApproval('r-1-2'))).toBe(true);
    expect(await approvals.create(decided)).toBe(true);

    expect(await approvals.find('r-1-1')).toEqual({ approval: decided, version: 1 });
    expect((await approvals.find('r-1-2'))?.approval).toEqual(anApproval('r-1-2'));
    expect(await approvals.find('r-9-1')).toBeUndefined();
  });

  it('keeps the first of an id', async () => {
    const approvals = createApprovalStore(store);
    await approvals.create(anApproval('r-1-1'));
    expect(await approvals.create(anApproval('r-1-1', { title: 'other' }))).toBe(false);
    expect((await approvals.find('r-1-1'))?.approval.title).toBe('Install 7 packages on 2 hosts');
  });

  it('writes over the version that was read, and over no other', async () => {
    const approvals = createApprovalStore(store);
    await approvals.create(anApproval('r-1-1'));
    const found = (await approvals.find('r-1-1'))!;

    expect(await approvals.replace(found, anApproval('r-1-1', { status: 'approved' }))).toBe(true);
    expect(await approvals.replace(found, anApproval('r-1-1', { status: 'rejected' }))).toBe(false);
    expect(await approvals.find('r-1-1')).toMatchObject({ approval: { status: 'approved' }, version: 2 });
    expect(await approvals.replace({ ...found, approval: anApproval('r-9-1') }, found.approval)).toBe(false);
  });

  it('lists the pending ones, oldest first', async () => {
    const approvals = createApprovalStore(store);
    for (const id of ['r-3-1', 'r-1-1', 'r-2-1']) {
      await approvals.create(anApproval(id));
    }
    await approvals.replace((await approvals.find('r-1-1'))!, anApproval('r-1-1', { status: 'expired' }));
    expect((await approvals.pending()).map(({ id }) => id)).toEqual(['r-3-1', 'r-2-1']);
  });
});

describe('createBreakGlassStore', () => {
  it('gives back what was written, once for each id and over the version that was read', async () => {
    const uses = createBreakGlassStore(store);
    expect(await uses.create(aBreakGlass('bg-1'))).toBe(true);
    expect(await uses.create(aBreakGlass('bg-1', { reason: 'other' }))).toBe(false);
    const found = (await uses.find('bg-1'))!;
    expect(found).toEqual({ breakGlass: aBreakGlass('bg-1'), version: 1 });

    const reviewed = aBreakGlass('bg-1', { review: { by: CAROL, at: LATER, note: 'right' } });
    expect(await uses.replace(found, reviewed)).toBe(true);
    expect(await uses.replace(found, aBreakGlass('bg-1'))).toBe(false);
    expect((await uses.find('bg-1'))?.breakGlass).toEqual(reviewed);
    expect(await uses.find('bg-9')).toBeUndefined();
  });

  it('finds the open ones of an environment, and those that owe a review', async () => {
    const uses = createBreakGlassStore(store);
    const review = { by: CAROL, at: NOW, note: 'right' };
    await uses.create(aBreakGlass('bg-4'));
    await uses.create(aBreakGlass('bg-3', { until: new Date(LATER.getTime() + 1) }));
    await uses.create(aBreakGlass('bg-over', { until: NOW }));
    await uses.create(aBreakGlass('bg-reviewed', { review }));
    await uses.create(aBreakGlass('bg-dev', { environment: 'dev' }));
    await uses.create(aBreakGlass('bg-globex', { customer: 'globex' }));

    const open = await uses.open({ customer: 'acme', environment: 'prod' }, NOW);
    expect(open.map(({ id }) => id)).toEqual(['bg-3', 'bg-4']);
    const owing = await uses.unreviewed();
    expect(owing.map(({ id }) => id)).toEqual(['bg-4', 'bg-3', 'bg-over', 'bg-dev', 'bg-globex']);
  });
});
