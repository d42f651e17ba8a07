import { ROLLOUT_ABORT_MODAL } from '../../views/rollout-abort-modal.ts';
import { rolloutControlView } from '../../views/rollout-control-view.ts';
import { findRollout } from '../find-rollout.ts';
import type { Modal } from '../modal-spec.ts';

/** Somebody has read what aborting does, and wants it. */
export const rolloutAbortConfirmed: Modal = {
  id: ROLLOUT_ABORT_MODAL,
  check: () => ({}),

  async run({ metadata: id }, context) {
    const { actor, services, answer } = context;
    const { rollout } = await findRollout(id, 'rollout.control', context);
    const controlled = await services.rollouts.control(rollout.id, actor, 'abort');
    await answer.whisper(rolloutControlView('abort', controlled));
  },
};
