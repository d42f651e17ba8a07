import { type Actor, type RoleGrant, teamOf } from '../../domain/actor.ts';
import { checkPermission, GRANTED_ROLE_PREFIX, type Permission, type RoleTable } from '../../domain/permission.ts';
import type { InventoryConfig } from '../inventory/inventory-config.ts';
import type { AccessKind, Grant } from './grant.ts';

/** What a kind of access opens inside msops. A Linux account opens nothing here. */
const PERMISSIONS: Readonly<Record<AccessKind, readonly Permission[]>> = {
  dashboard: ['metric.read', 'alert.read', 'rollout.read'],
  // The log viewer has no permission of its own yet.
  logs: [],
  linux: [],
};

const GRANTED_ROLES: RoleTable = Object.fromEntries(
  Object.entries(PERMISSIONS).map(([kind, permissions]) => [`${GRANTED_ROLE_PREFIX}${kind}`, permissions]),
);

/** The configuration, and the roles that grants give at this moment: to people whom it knows, for that customer alone. */
export function withGrantedRoles(config: InventoryConfig, grants: readonly Grant[], now: Date): InventoryConfig {
  const counting = grants.filter((grant) => isOpen(grant, now));
  if (counting.length === 0) {
    return config;
  }
  const people = config.people.map((person) => {
    const roles = counting.filter((grant) => isGrantee(person, grant, config)).flatMap(rolesOf);
    return roles.length === 0 ? person : { ...person, grants: [...person.grants, ...roles] };
  });
  return { ...config, people, roles: { ...config.roles, ...GRANTED_ROLES } };
}

/** Not at the end itself any more, whether anything has run or not. */
function isOpen({ state, until, endWish }: Grant, now: Date): boolean {
  return state === 'active' && endWish === undefined && now.getTime() < until.getTime();
}

/** Is the person whom it is for still in the configuration, of that customer's workspace, and somebody who may ask for it? */
export function isKnownGrantee(grant: Grant, config: GranteeConfig): boolean {
  return config.people.some((person) => isGrantee(person, grant, config));
}

type GranteeConfig = Pick<InventoryConfig, 'people' | 'inventory' | 'roles'>;

function isGrantee(actor: Actor, { person, team, customer }: Grant, { inventory, roles }: GranteeConfig): boolean {
  const owner = inventory.customers.find(({ id }) => id === customer);
  const mayAsk = checkPermission({ actor, permission: 'access.request', customer }, roles).allowed;
  if (owner?.slackTeamId === undefined || owner.slackTeamId !== team || !mayAsk) {
    return false;
  }
  const accounts = [actor.id, ...(actor.alsoKnownAs ?? [])];
  return person.accounts.some((account) => teamOf(account) === team && accounts.includes(account));
}

function rolesOf({ wish, customer }: Grant): readonly RoleGrant[] {
  const kinds = wish.kinds.filter((kind) => PERMISSIONS[kind].length > 0);
  return kinds.map((kind) => ({ role: `${GRANTED_ROLE_PREFIX}${kind}`, customers: [customer] }));
}
