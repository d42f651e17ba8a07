import { suggestedOptions } from '../blocks/element-rules.ts';
import { optionsOf } from '../blocks/form-values.ts';
import { isObject } from '../blocks/interactive.ts';
import { placeAt, type Violation } from '../blocks/rules.ts';
import type { User } from '../world/model.ts';
import type { HumanDeps } from './human-deps.ts';
import { type Found, interactionBase, surfaceFields } from './interaction.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

export function suggestionKey(user: User, actionId: string): string {
  return `${user.id}/${actionId}`;
}

/** Types into an external select: the app says what there is to choose. */
export async function suggest(deps: HumanDeps, found: Found, query: string): Promise<Outcome> {
  const { world } = deps;
  const { user, surface, target } = found;
  const payload = {
    type: 'block_suggestion',
    ...interactionBase(deps, user, surface.kind === 'view' ? user.teamId : world.home.id),
    ...surfaceFields(deps, found),
    action_id: target.actionId,
    block_id: target.blockId,
    value: query,
  };
  const startedAt = Date.now();
  const ack = await deps.courier.deliver({ kind: 'interactive', what: 'block_suggestion', payload, userId: user.id });
  const outcome = outcomeOf(ack, startedAt);
  if (!ack.ok) {
    return outcome;
  }
  const violations: Violation[] = [];
  suggestedOptions(ack.body, placeAt('', violations));
  if (violations.length > 0 || !isObject(ack.body)) {
    return { ...outcome, ok: false, error: 'invalid_options' };
  }
  const options = optionsOf(ack.body);
  world.suggestions.set(suggestionKey(user, target.actionId), options);
  return { ...outcome, options };
}
