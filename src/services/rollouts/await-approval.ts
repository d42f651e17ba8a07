import type { ApprovalStatus } from '../approvals/approval.ts';
import { APPROVAL_TOPIC, type RolloutDeps } from './rollout-deps.ts';
import type { RolloutEnd, RolloutScope } from './rollout-workflow.ts';

/** A message can be lost when a replica dies between the decision and the telling: the store is looked at this often. */
const LOOK_EVERY_MS = 600_000;

interface Seen {
  readonly status: ApprovalStatus;
  readonly leftMs: number;
  readonly words?: string | undefined;
}

/** Resolves `undefined` when it is approved, else with the end of the rollout. */
export async function awaitApproval({ id, context, deps }: RolloutScope): Promise<RolloutEnd | undefined> {
  for (;;) {
    const seen = await context.step('look at the approval', () => look(id, deps));
    if (seen.status !== 'pending') {
      return endOf(seen);
    }
    await context.receive(APPROVAL_TOPIC, Math.min(Math.max(seen.leftMs, 1_000), LOOK_EVERY_MS));
  }
}

async function look(id: string, { store, approvals, clock }: RolloutDeps): Promise<Seen> {
  const rollout = await store.find(id);
  const approval = rollout && (await approvals.expire(rollout.approvalId));
  if (approval === undefined) {
    return { status: 'withdrawn', leftMs: 0, words: 'its approval is not in the store any more' };
  }
  const { status, decision, expiresAt } = approval;
  const words = [decision?.by?.name, decision?.reason].filter((part) => part !== undefined).join(': ');
  return { status, leftMs: expiresAt.getTime() - clock.now().getTime(), words: words || undefined };
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
