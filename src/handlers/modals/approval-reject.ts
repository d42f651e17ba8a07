import { APPROVAL_REJECT, REASON_INPUT } from '../../views/approval-modals.ts';
import { findApproval } from '../find-approval.ts';
import type { Modal } from '../modal-spec.ts';
import { sayOutcome } from '../say-outcome.ts';

/** Why somebody says no. */
export const approvalReject: Modal = {
  id: APPROVAL_REJECT,

  check: ({ values }) =>
    (values[REASON_INPUT] ?? '').trim() === ''
      ? { [REASON_INPUT]: 'Say why, so that the requester knows what to change.' }
      : {},

  async run({ values, metadata: id }, context) {
    const { actor, services } = context;
    const approval = await findApproval(id, context);
    const outcome = approval
      ? await services.approvals.reject({ id, actor }, (values[REASON_INPUT] ?? '').trim())
      : ({ kind: 'unknown' } as const);
    await sayOutcome(outcome, 'reject', context);
  },
};
