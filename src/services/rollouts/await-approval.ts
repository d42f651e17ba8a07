import type { Approval, ApprovalStatus } from '../approvals/approval.ts';
import type { Rollout } from './rollout.ts';
import { ABORTED, APPROVAL_TOPIC, type RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd, RolloutScope } from './rollout-workflow.ts';

/** A message can be lost when a replica dies between the decision and the telling: the store is looked at this often. */
const LOOK_EVERY_MS = 600_000;

interface Seen {
  readonly approvalId: string;
  readonly status: ApprovalStatus;
  readonly leftMs: number;
  readonly words?: string | undefined;
}

export type Answered =
  | { readonly kind: 'approved'; readonly approvalId: string }
  | { readonly kind: 'ended'; readonly end: RolloutEnd };

export async function awaitApproval({ id, context, deps }: RolloutScope): Promise<Answered> {
  for (;;) {
    const seen = await context.step('look at the approval', () => look(id, deps));
    if (seen.status !== 'pending') {
      const end = endOf(seen);
      return end === undefined ? { kind: 'approved', approvalId: seen.approvalId } : { kind: 'ended', end };
    }
    await context.receive(APPROVAL_TOPIC, Math.min(Math.max(seen.leftMs, 1_000), LOOK_EVERY_MS));
  }
}

async function look(id: string, deps: RolloutDeps): Promise<Seen> {
  const { store, clock } = deps;
  const rollout = await store.find(id);
  const approval = rollout && (await endIfOver(rollout, deps));
  if (approval === undefined) {
    return { approvalId: '', status: 'withdrawn', leftMs: 0, words: 'its approval is not in the store any more' };
  }
  const { id: approvalId, status, decision, expiresAt } = approval;
  const words = [decision?.by?.name, decision?.reason].filter((part) => part !== undefined).join(': ');
  return { approvalId, status, leftMs: expiresAt.getTime() - clock.now().getTime(), words: words || undefined };
}

/** Also the approval of a rollout that was aborted while it was not being asked for: in the middle of its new plan. */
function endIfOver(
  { approvalId, control }: Rollout,
  { approvals, actorOf }: RolloutDeps,
): Promise<Approval | undefined> {
  return control.wish === 'abort' && control.by !== undefined
    ? approvals.withdraw(approvalId, actorOf(control.by), ABORTED)
    : approvals.expire(approvalId);
}

function endOf({ status, words }: Seen): RolloutEnd | undefined {
  switch (status) {
    case 'approved':
      return undefined;
    case 'rejected':
      return { state: 'rejected', note: words };
    case 'expired':
      return { state: 'expired', note: 'nobody decided in time' };
    default:
      return { state: 'aborted', note: words };
  }
}
