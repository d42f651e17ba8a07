import type { Action } from './action-spec.ts';
import { approve } from './actions/approve.ts';
import { checkAgain } from './actions/check-again.ts';
import { homeCheck } from './actions/home-check.ts';
import { reject } from './actions/reject.ts';
import { reviewBreakGlass } from './actions/review-break-glass.ts';
import { rolloutAbort, rolloutPause, rolloutResume } from './actions/rollout-control.ts';
import { rolloutDetails } from './actions/rollout-details.ts';

/** Every button, by its action id. */
export const ACTIONS: readonly Action[] = [
  ...[checkAgain, homeCheck],
  ...[approve, reject],
  ...[rolloutDetails, rolloutPause, rolloutResume, rolloutAbort],
  reviewBreakGlass,
];
