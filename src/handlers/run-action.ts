import { UserError } from '../domain/errors.ts';
import type { Action } from './action-spec.ts';
import { createAnswer } from './answer.ts';
import { type ActionPayload, askerOfAction } from './asker.ts';
import { audited } from './audited.ts';
import type { HandlerDeps } from './deps.ts';
import { findActor } from './find-actor.ts';

/** The one way to a button's work. */
export function createActionRunner(actions: readonly Action[], deps: HandlerDeps) {
  return async function runAction(payload: ActionPayload, requestId: string): Promise<void> {
    const [clicked] = payload.actions;
    const asker = askerOfAction(payload);
    const actor = await findActor(asker, deps);
    const answer = createAnswer({ outbox: deps.outbox, addresses: asker.addresses, requestId });
    const { services, clock } = deps;
    await audited(
      {
        actor,
        channelId: asker.channelId,
        requestId,
        answer,
        async run(touch) {
          const action = actions.find(({ id }) => id === clicked?.action_id);
          if (action === undefined || clicked === undefined) {
            throw new UserError('That button belongs to an older version of me.', { hint: 'Please ask again.' });
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
