import type { ActionsBlock, Button } from '@slack/types';
import type { CardAudience, RolloutFacts } from '../services/rollouts/ports.ts';
import { actions, button, styled } from './blocks.ts';
import { ROLLOUT_PHASES } from './rollout-state.ts';

/** Action ids; the value of the first two is the id of the approval, of the others that of the rollout. */
export const APPROVE = 'approval.approve';
export const REJECT = 'approval.reject';
export const ROLLOUT_DETAILS = 'rollout.details';
export const ROLLOUT_PAUSE = 'rollout.pause';
export const ROLLOUT_RESUME = 'rollout.resume';
export const ROLLOUT_ABORT = 'rollout.abort';

/** What can be done with a rollout as it stands. Who may do it is checked at the click; customers control none. */
export function rolloutButtons(facts: RolloutFacts, audience: CardAudience = 'askers'): readonly ActionsBlock[] {
  const { rollout, approval } = facts;
  const details = button('Details', ROLLOUT_DETAILS, rollout.id);
  const control = audience === 'askers' ? controlButtons(rollout) : [];
  if (ROLLOUT_PHASES[rollout.state] !== 'asking') {
    return actions(...control, details);
  }
  if (approval === undefined) {
    return actions(details, ...control);
  }
  return approval.status === 'pending'
    ? actions(...decisionButtons(approval.id), details, ...control)
    : actions(details);
}

function controlButtons(rollout: Controlled): readonly (Button | undefined)[] {
  switch (ROLLOUT_PHASES[rollout.state]) {
    case 'asking':
    case 'waiting':
      return rollout.control.wish === 'abort' ? [] : [button('Take back', ROLLOUT_ABORT, rollout.id)];
    case 'running':
      return [...pauseButton(rollout), ...abortButton(rollout)];
    case 'ended':
      return [];
  }
}

export function decisionButtons(approvalId: string): readonly (Button | undefined)[] {
  return [styled(button('Approve', APPROVE, approvalId), 'primary'), button('Reject', REJECT, approvalId)];
}

type Controlled = RolloutFacts['rollout'];

function pauseButton({ id, state, control }: Controlled): readonly (Button | undefined)[] {
  if (control.wish === 'abort') {
    return [];
  }
  const isHeld = state === 'paused' || control.wish === 'pause';
  return [isHeld ? styled(button('Resume', ROLLOUT_RESUME, id), 'primary') : button('Pause', ROLLOUT_PAUSE, id)];
}

function abortButton({ id, control }: Controlled): readonly (Button | undefined)[] {
  return control.wish === 'abort' ? [] : [styled(button('Abort', ROLLOUT_ABORT, id), 'danger')];
}
