import { approvalRejectModal } from '../../views/approval-modals.ts';
import { REJECT } from '../../views/rollout-buttons.ts';
import type { Action } from '../action-spec.ts';
import { findApproval } from '../find-approval.ts';
import { sayOutcome } from '../say-outcome.ts';

/** Nobody rejects without a reason, so the modal asks for it. What is decided already needs none. */
export const reject: Action = {
  id: REJECT,

  async run(id, context) {
    const { actor, services, openModal } = context;
    const approval = await findApproval(id, context);
    if (approval?.status === 'pending') {
      await openModal(approvalRejectModal(approval));
      return;
    }
    const outcome = approval ? await services.approvals.reject({ id, actor }, '') : ({ kind: 'unknown' } as const);
    await sayOutcome(outcome, 'reject', context);
  },
};
