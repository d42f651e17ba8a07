import type { Modal } from './modal-spec.ts';
import { accessExtend, accessRevoke, accessShorter } from './modals/access-control.ts';
import { accessRequest } from './modals/access-request.ts';
import { alertSilence } from './modals/alert-silence.ts';
import { approvalConfirm } from './modals/approval-confirm.ts';
import { approvalReject } from './modals/approval-reject.ts';
import { breakGlassReview } from './modals/break-glass-review.ts';
import { rolloutAbortConfirmed } from './modals/rollout-abort.ts';

/** Every modal, by the callback id of its view. */
export const MODALS: readonly Modal[] = [
  approvalConfirm,
  approvalReject,
  rolloutAbortConfirmed,
  breakGlassReview,
  alertSilence,
  ...[accessRequest, accessShorter, accessExtend, accessRevoke],
];
