import type { ModalView } from '@slack/types';
import type { Rollout } from '../services/rollouts/rollout.ts';
import { section } from './blocks.ts';
import { modal } from './modal.ts';
import { ROLLOUT_PHASES, rolloutRef } from './rollout-state.ts';
import { sentence } from './rollout-text.ts';

/** Callback id; the metadata is the id of the rollout. */
export const ROLLOUT_ABORT_MODAL = 'rollout.abort';

const CONSEQUENCES: Record<'before' | 'during', string> = {
  before: 'Nothing was done on any host yet, and nothing will be. It cannot be taken up again, only asked for anew.',
  during:
    'Hosts that are in work come to their end: nothing is cut off in the middle. The others are left alone as they are. What was done stays done; it cannot be taken up again, only asked for anew.',
};

/** Says what aborting does before it is done. */
export function rolloutAbortModal(rollout: Rollout): ModalView {
  const isBefore = ['asking', 'waiting'].includes(ROLLOUT_PHASES[rollout.state]);
  return modal({
    title: isBefore ? 'Take it back?' : 'Abort the rollout?',
    form: { callbackId: ROLLOUT_ABORT_MODAL, metadata: rollout.id, submit: isBefore ? 'Take back' : 'Abort' },
    close: 'Leave it',
    blocks: [
      section(`*${sentence(rolloutRef(rollout))}* · ${sentence(rollout.plan.title)}`),
      section(CONSEQUENCES[isBefore ? 'before' : 'during']),
    ],
  });
}
