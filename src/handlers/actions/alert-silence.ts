import { UserError } from '../../domain/errors.ts';
import { ALERT_SILENCE } from '../../views/alert-buttons.ts';
import { alertSilenceModal } from '../../views/alert-silence-modal.ts';
import type { Action } from '../action-spec.ts';
import { findAlert } from '../find-alert.ts';

/** Nobody silences without a time and a reason, so the form asks for them. */
export const alertSilence: Action = {
  id: ALERT_SILENCE,

  async run(id, context) {
    const { group, timeZone } = await findAlert(id, 'alert.manage', context);
    if (group.endedAt !== undefined) {
      throw new UserError('That alert is over, so there is nothing to silence.');
    }
    if (group.isTest) {
      throw new UserError('That alert is made up and ends by itself, so there is nothing to silence.');
    }
    await context.openModal(alertSilenceModal({ group, timeZone, now: context.clock.now() }));
  },
};
