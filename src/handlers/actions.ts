import type { Action } from './action-spec.ts';
import { checkAgain } from './actions/check-again.ts';
import { homeCheck } from './actions/home-check.ts';

/** Every button, by its action id. */
export const ACTIONS: readonly Action[] = [checkAgain, homeCheck];
