import { alertAcknowledgedView } from '../../views/alert-answer-views.ts';
import { ALERT_ACKNOWLEDGE } from '../../views/alert-buttons.ts';
import type { Action } from '../action-spec.ts';
import { findAlert } from '../find-alert.ts';

/** Says to everybody that somebody works on it. */
export const alertAcknowledge: Action = {
  id: ALERT_ACKNOWLEDGE,

  async run(id, context) {
    const { actor, services, answer } = context;
    const { group } = await findAlert(id, 'alert.manage', context);
    await answer.whisper(alertAcknowledgedView(await services.alerts.acknowledge(group.id, actor)));
  },
};
