import { approvalRejectModal } from '../../views/approval-modals.ts';
import { REJECT } from '../../views/rollout-buttons.ts';
import type { Action } from '../action-spec.ts';
import { findApproval } from '../find-approval.ts';
import { sayOutcome } from '../say-outcome.ts';

/** Nobody rejects without a reason, so the modal asks for it. What is decided already needs none. */
export const reject: Action = {
  id: REJECT,

  async run(id, context) {
    const approval = await findApproval(id, context);
    if (approval === undefined) {
      await sayOutcome({ kind: 'unknown' }, 'reject', context);
    } else if (approval.status === 'pending') {
      await context.openModal(approvalRejectModal(approval));
    } else {
      await sayOutcome({ kind: 'late', approval }, 'reject', context);
    }
  },
};
