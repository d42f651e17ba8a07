import { type Actor, type CustomerScope, type RoleGrant, teamOf } from '../../domain/actor.ts';
import type { InventoryConfig } from './inventory-config.ts';

type Workspaces = Pick<InventoryConfig, 'homeTeam' | 'inventory'>;

/**
 * Our own people keep what they were given. A customer's people have it for their own company alone, whatever the
 * configuration says, and the people of any other workspace for nobody.
 */
export function narrowGrants(actor: Actor, workspaces: Workspaces): Actor {
  const team = teamOf(actor.id);
  if (team === workspaces.homeTeam) {
    return actor;
  }
  const own = workspaces.inventory.customers.filter(({ slackTeamId }) => slackTeamId === team).map(({ id }) => id);
  const grants = actor.grants.map((grant) => ({ ...grant, customers: within(grant.customers, own) }));
  return { ...actor, grants: grants.filter(isForSomebody) };
}

function within(scope: CustomerScope, own: readonly string[]): readonly string[] {
  return scope === 'all' ? own : scope.filter((customer) => own.includes(customer));
}

function isForSomebody({ customers }: RoleGrant): boolean {
  return customers.length > 0;
}
