import { covers } from '../domain/actor.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import type { Permission } from '../domain/permission.ts';
import { looksLikeId } from '../domain/short-id.ts';
import { readTypedName } from '../services/inventory/typed-name.ts';
import type { RolloutFacts } from '../services/rollouts/ports.ts';
import type { ActionContext } from './action-spec.ts';
import { COMMAND } from './catalog.ts';
import { reachOrDeny } from './reach-or-deny.ts';

type Asking = Pick<ActionContext, 'actor' | 'place' | 'services' | 'touch'>;

/**
 * The rollout with this id, if it may be seen here; one of somebody else's customer and one of nobody's are the same.
 * @param permission what is to be done with it.
 * @throws {DeniedError} when they may not do that with it.
 * @throws {UserError} when there is none here.
 */
export async function findRollout(typed: string, permission: Permission, asking: Asking): Promise<RolloutFacts> {
  const { services, touch } = asking;
  const readable = reachOrDeny('rollout.read', asking);
  const id = readTypedName(typed);
  const found = looksLikeId(id) ? await services.rollouts.find(id, readable) : undefined;
  if (found === undefined) {
    throw new UserError('I know no such rollout here.', {
      hint: `\`${COMMAND} rollouts\` lists those that there are.`,
    });
  }
  const { customer, environment, waves } = found.rollout;
  touch({ customer, environment, hosts: waves.flat() });
  if (permission !== 'rollout.read' && !covers(reachOrDeny(permission, asking), customer)) {
    throw new DeniedError(`\`${permission}\` is not yours for \`${customer}\`. Whoever runs msops can give it to you.`);
  }
  return found;
}
