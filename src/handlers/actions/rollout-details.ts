import { ROLLOUT_DETAILS } from '../../views/rollout-buttons.ts';
import { rolloutDetailsModal } from '../../views/rollout-details.ts';
import type { Action } from '../action-spec.ts';
import { findRollout } from '../find-rollout.ts';

/** The complete plan, over the card. */
export const rolloutDetails: Action = {
  id: ROLLOUT_DETAILS,

  async run(id, context) {
    await context.openModal(rolloutDetailsModal(await findRollout(id, 'rollout.read', context)));
  },
};
