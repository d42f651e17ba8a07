import type { Action } from './action-spec.ts';
import { type ActionPayload, askerOfAction } from './asker.ts';
import { audited } from './audited.ts';
import type { HandlerDeps } from './deps.ts';
import { outdatedButton } from './outdated-button.ts';

/** The one way to a button's work. */
export function createActionRunner(actions: readonly Action[], deps: HandlerDeps) {
  return async function runAction(payload: ActionPayload, requestId: string): Promise<void> {
    const [clicked] = payload.actions;
    const asker = askerOfAction(payload);
    const { services, clock } = deps;
    await audited(
      {
        asker,
        requestId,
        async run({ actor, answer, touch }) {
          const action = actions.find(({ id }) => id === clicked?.action_id);
          if (action === undefined || clicked === undefined) {
            throw outdatedButton();
          }
          touch({ action: action.id });
          const context = { actor, place: asker.place, services, answer, clock, touch, userId: asker.userId, deps };
          await action.run(clicked.value ?? '', context);
        },
      },
      deps,
    );
  };
}
