import { looksLikeId } from '../../domain/short-id.ts';
import { silenceEndedView } from '../../views/alert-answer-views.ts';
import { SILENCE_END } from '../../views/alert-buttons.ts';
import type { Action } from '../action-spec.ts';
import { outdatedButton } from '../outdated-button.ts';
import { reachOrDeny } from '../reach-or-deny.ts';

/** Alerts are told again before the time of the silence is over. */
export const silenceEnd: Action = {
  id: SILENCE_END,

  async run(id, context) {
    const { actor, services, answer, touch } = context;
    const customers = reachOrDeny('alert.manage', context);
    if (!looksLikeId(id)) {
      throw outdatedButton();
    }
    const ended = await services.alerts.endSilence(id, actor, customers);
    touch({ customer: ended.customer, environment: ended.environment, hosts: ended.host ? [ended.host] : undefined });
    await answer.whisper(silenceEndedView(ended));
  },
};
