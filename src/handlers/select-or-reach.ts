import type { CustomerScope } from '../domain/actor.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Permission } from '../domain/permission.ts';
import type { CommandContext } from './command-spec.ts';
import { reachOrDeny } from './reach-or-deny.ts';

export interface AskedScope {
  readonly customers: CustomerScope;
  /** Missing: all of theirs. */
  readonly environment: Environment | undefined;
}

/**
 * What a command is about whose environment may be left out: then everything that they reach here.
 * @param typed as typed: `prod`, or `acme/prod`.
 * @throws {DeniedError} when they may not.
 * @throws {UserError} when the name fits nothing, or too much.
 */
export function selectOrReach(
  typed: string | undefined,
  permission: Permission,
  { actor, place, services }: Pick<CommandContext, 'actor' | 'place' | 'services'>,
): AskedScope {
  if (typed === undefined) {
    return { customers: reachOrDeny(permission, { actor, place, services }), environment: undefined };
  }
  const { customer, environment } = services.inventory.select({ actor, place, permission, environment: typed });
  return { customers: [customer], environment };
}
