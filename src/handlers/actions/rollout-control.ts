import { UserError } from '../../domain/errors.ts';
import { ENDED } from '../../services/rollouts/rollout.ts';
import type { RolloutWish } from '../../services/rollouts/rollout-service.ts';
import { rolloutAbortModal } from '../../views/rollout-abort-modal.ts';
import { ROLLOUT_ABORT, ROLLOUT_PAUSE, ROLLOUT_RESUME } from '../../views/rollout-buttons.ts';
import { rolloutControlView } from '../../views/rollout-control-view.ts';
import type { Action } from '../action-spec.ts';
import { findRollout } from '../find-rollout.ts';

export const rolloutPause = control(ROLLOUT_PAUSE, 'pause');
export const rolloutResume = control(ROLLOUT_RESUME, 'resume');

/** Says first what it does, since it cannot be taken back. */
export const rolloutAbort: Action = {
  id: ROLLOUT_ABORT,

  async run(id, context) {
    const { rollout } = await findRollout(id, 'rollout.control', context);
    if (ENDED.includes(rollout.state)) {
      throw new UserError(`The rollout \`${rollout.id}\` has ended already.`, { hint: 'Its card shows how.' });
    }
    await context.openModal(rolloutAbortModal(rollout));
  },
};

function control(id: string, wish: RolloutWish): Action {
  return {
    id,
    async run(rolloutId, context) {
      const { actor, services, answer } = context;
      const { rollout } = await findRollout(rolloutId, 'rollout.control', context);
      const controlled = await services.rollouts.control(rollout.id, actor, wish);
      await answer.whisper(rolloutControlView(wish, controlled));
    },
  };
}
