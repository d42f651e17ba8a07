import type { ActionsBlock, Button } from '@slack/types';
import type { AlertGroup, Silence } from '../services/alerts/alert.ts';
import { actions, button, styled } from './blocks.ts';

/** Action ids; the value is the id of the group. */
export const ALERT_ACKNOWLEDGE = 'alert.acknowledge';
/** Also the callback id of the form that it opens. */
export const ALERT_SILENCE = 'alert.silence';
export const ALERT_DETAILS = 'alert.details';
/** The value is the id of the silence. */
export const SILENCE_END = 'silence.end';

/** What can be done with a group as it stands. Who may do it is checked at the click. */
export function alertButtons({ id, endedAt, acknowledged, isTest }: AlertGroup): readonly ActionsBlock[] {
  const details = detailsButton({ id });
  if (endedAt !== undefined) {
    return actions(details);
  }
  return actions(
    acknowledged === undefined ? styled(button('Acknowledge', ALERT_ACKNOWLEDGE, id), 'primary') : undefined,
    isTest ? undefined : button('Silence', ALERT_SILENCE, id),
    details,
  );
}

export function detailsButton({ id }: Pick<AlertGroup, 'id'>): Button | undefined {
  return button('Details', ALERT_DETAILS, id);
}

export function endSilenceButton({ id }: Pick<Silence, 'id'>): Button | undefined {
  return button('End', SILENCE_END, id);
}
