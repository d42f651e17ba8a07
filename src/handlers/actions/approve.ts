import { approvalConfirmModal } from '../../views/approval-modals.ts';
import { APPROVE } from '../../views/rollout-buttons.ts';
import type { Action } from '../action-spec.ts';
import { findApproval } from '../find-approval.ts';
import { sayOutcome } from '../say-outcome.ts';

/** Where the policy wants the name of the environment typed, the modal does the rest. */
export const approve: Action = {
  id: APPROVE,

  async run(id, context) {
    const { actor, services, openModal } = context;
    const approval = await findApproval(id, context);
    const outcome = approval ? await services.approvals.approve({ id, actor }) : ({ kind: 'unknown' } as const);
    if (approval !== undefined && outcome.kind === 'needs_typing') {
      await openModal(approvalConfirmModal(approval, outcome.phrase));
      return;
    }
    await sayOutcome(outcome, 'approve', context);
  },
};
