import type { CustomerScope } from '../domain/actor.ts';
import { DeniedError } from '../domain/errors.ts';
import type { Permission } from '../domain/permission.ts';
import type { ActionContext } from './action-spec.ts';

/**
 * The customers for whom they have the permission here.
 * @throws {DeniedError} when it is nobody.
 */
export function reachOrDeny(
  permission: Permission,
  { actor, place, services }: Pick<ActionContext, 'actor' | 'place' | 'services'>,
): CustomerScope {
  const decision = services.inventory.mayUse({ actor, place, permission });
  if (!decision.allowed) {
    throw new DeniedError(decision.reason);
  }
  return services.inventory.reach({ actor, place, permission });
}
