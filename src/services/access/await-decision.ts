import { UserError } from '../../domain/errors.ts';
import type { Approval } from '../approvals/approval.ts';
import { type AccessDeps, APPROVAL_TOPIC } from './access-deps.ts';
import type { Grant } from './grant.ts';
import { payloadOf } from './payload.ts';
import { RECORDING_MS, recordOnce } from './record-once.ts';
import { askFor, recordRequest } from './request-access.ts';
import { AGAIN, type Next, waitFor } from './turn.ts';

/** How a request came to its end without opening anything. */
interface Closed {
  readonly state: 'rejected' | 'lapsed' | 'withdrawn';
  readonly note?: string | undefined;
}

/** Asks, waits for the answer, and asks at the end whether it is still as it was approved. */
export async function awaitDecision(grant: Grant, deps: AccessDeps): Promise<Next> {
  if (!(await recordRequest(grant, deps))) {
    return waitFor(APPROVAL_TOPIC, RECORDING_MS);
  }
  if (grant.endWish !== undefined) {
    return withdraw(grant, deps);
  }
  const asked = await ask(grant, deps);
  if (!('status' in asked)) {
    return close(grant, asked, deps);
  }
  const approval = (await deps.approvals.expire(asked.id)) ?? asked;
  const now = deps.clock.now();
  const leftMs = grant.until.getTime() - now.getTime();
  if (leftMs <= 0 && (approval.status === 'pending' || approval.status === 'approved')) {
    const reason = 'its time was over before it was granted';
    await deps.approvals.void(approval.id, reason);
    return close(grant, { state: 'lapsed', note: reason }, deps);
  }
  switch (approval.status) {
    case 'pending':
      return waitFor(APPROVAL_TOPIC, leftMs, approval.expiresAt.getTime() - now.getTime());
    case 'approved':
      return begin(grant, deps);
    default:
      return close(grant, closedBy(approval), deps);
  }
}

/** Whoever asked may have died before the question was written. */
async function ask(grant: Grant, deps: AccessDeps): Promise<Approval | Closed> {
  try {
    return (await deps.approvals.find(grant.approvalId)) ?? (await askFor(grant, deps));
  } catch (error) {
    if (error instanceof UserError) {
      return { state: 'rejected', note: error.message };
    }
    throw error;
  }
}

async function begin(grant: Grant, deps: AccessDeps): Promise<Next> {
  const { id, approvalId } = grant;
  const decision = await deps.approvals.recheck(approvalId, payloadOf(grant));
  if (!decision.allowed) {
    await deps.approvals.void(approvalId, decision.reason);
    return close(grant, { state: 'rejected', note: decision.reason }, deps);
  }
  await deps.store.update(id, (found) => (isStill(grant, found) ? { ...found, state: 'granting' } : found));
  await deps.cards.redraw(id);
  return AGAIN;
}

async function withdraw(grant: Grant, deps: AccessDeps): Promise<Next> {
  const { endWish, approvalId } = grant;
  const reason = endWish?.reason ?? endWish?.why ?? 'withdrawn';
  const by = endWish?.by;
  await (by === undefined
    ? deps.approvals.void(approvalId, reason)
    : deps.approvals.withdraw(approvalId, deps.directory.findActor(by.id), reason));
  return close(grant, { state: 'withdrawn', note: [by?.name, reason].filter(Boolean).join(': ') }, deps);
}

/** In the audit log first: what is closed is not looked at again. */
async function close(grant: Grant, closed: Closed, deps: AccessDeps): Promise<Next> {
  const { id } = grant;
  const result = closed.state === 'withdrawn' ? 'succeeded' : 'failed';
  const reason = [closed.state, closed.note].filter(Boolean).join(': ');
  const entry = { action: 'access.ended', key: `access.ended:${grant.approvalId}`, result, reason } as const;
  const isCurrent = isStill(grant, (await deps.store.find(id)) ?? grant);
  if (isCurrent && !(await recordOnce(id, { ...entry, by: grant.endWish?.by }, deps))) {
    return waitFor(APPROVAL_TOPIC, RECORDING_MS);
  }
  await deps.store.update(id, (found) =>
    isStill(grant, found) ? { ...found, ...closed, endedAt: deps.clock.now() } : found,
  );
  return AGAIN;
}

/** Asked for less meanwhile, or taken back: then another look is due. */
function isStill(seen: Grant, found: Grant): boolean {
  const isSameWish = (found.endWish === undefined) === (seen.endWish === undefined);
  return found.state === 'requested' && found.approvalId === seen.approvalId && isSameWish;
}

function closedBy({ status, decision }: Approval): Closed {
  const words = [decision?.by?.name, decision?.reason].filter((part) => part !== undefined).join(': ') || undefined;
  switch (status) {
    case 'rejected':
      return { state: 'rejected', note: words };
    case 'expired':
      return { state: 'lapsed', note: 'nobody decided in time' };
    default:
      return { state: 'withdrawn', note: words };
  }
}
