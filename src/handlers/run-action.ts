import type { ModalView } from '@slack/types';
import type { InteractionResult } from '../domain/bot-metrics.ts';
import type { Action, ActionContext } from './action-spec.ts';
import { type ActionPayload, askerOfAction } from './asker.ts';
import { audited } from './audited.ts';
import type { HandlerDeps, OpenedModal } from './deps.ts';
import { rememberOrigin } from './modal-origin.ts';
import { outdatedButton } from './outdated-button.ts';

/** The one way to a button's work. */
export function createActionRunner(actions: readonly Action[], deps: HandlerDeps) {
  return async function runAction(payload: ActionPayload, requestId: string): Promise<InteractionResult> {
    const [clicked] = payload.actions;
    const asker = askerOfAction(payload);
    const { services, clock } = deps;
    const { channelId } = asker;
    const origin = { channelId, threadTs: payload.container?.thread_ts };
    return audited(
      {
        asker,
        requestId,
        async run({ actor, answer, touch }) {
          const action = actions.find(({ id }) => id === clicked?.action_id);
          if (action === undefined || clicked === undefined) {
            throw outdatedButton();
          }
          touch({ action: action.id });
          const openModal = (view: ModalView): Promise<OpenedModal> => {
            if (view.callback_id !== undefined) {
              // Nothing is done until the form is sent, which has an entry of its own.
              touch({ action: `${action.id}_form` });
            }
            return deps.modals.open(payload.trigger_id ?? '', rememberOrigin(view, origin));
          };
          const { place, userId } = asker;
          const context: ActionContext = { actor, place, services, answer, clock, touch, userId, deps, openModal };
          await action.run(clicked.value ?? '', context);
        },
      },
      deps,
    );
  };
}
