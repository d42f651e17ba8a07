import type { Action } from './action-spec.ts';
import { accessDetailsAgain, accessDone, accessExtend, accessRevoke, accessShorter } from './actions/access-control.ts';
import { accessRequest } from './actions/access-request.ts';
import { alertAcknowledge } from './actions/alert-acknowledge.ts';
import { alertDetails } from './actions/alert-details.ts';
import { alertSilence } from './actions/alert-silence.ts';
import { approve } from './actions/approve.ts';
import { checkAgain } from './actions/check-again.ts';
import { homeCheck } from './actions/home-check.ts';
import { reject } from './actions/reject.ts';
import { reviewBreakGlass } from './actions/review-break-glass.ts';
import { rolloutAbort, rolloutPause, rolloutResume } from './actions/rollout-control.ts';
import { rolloutDetails } from './actions/rollout-details.ts';
import { silenceEnd } from './actions/silence-end.ts';
import { CHART_ACTIONS } from './chart-buttons.ts';

/** Every button, by its action id. */
export const ACTIONS: readonly Action[] = [
  ...[checkAgain, homeCheck],
  ...[approve, reject],
  ...[rolloutDetails, rolloutPause, rolloutResume, rolloutAbort],
  reviewBreakGlass,
  ...[alertAcknowledge, alertSilence, alertDetails, silenceEnd],
  ...CHART_ACTIONS,
  ...[accessRequest, accessShorter, accessExtend, accessDone, accessRevoke, accessDetailsAgain],
];
