import { type Actor, type CustomerScope, covers } from './actor.ts';

export const PERMISSIONS = [
  'host.read',
  'inventory.read',
  'access_path.check',
  'audit.read',
  'patch.plan',
  'change.request',
  'change.approve',
  'rollout.read',
  'rollout.control',
  'lock.break',
  'break_glass.use',
  'break_glass.review',
  'alert.read',
  'alert.manage',
  'metric.read',
  'email.manage',
  'access.request',
  'access.read',
  'access.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Which permissions each role grants, as the configuration says. */
export type RoleTable = Readonly<Record<string, readonly Permission[]>>;

/** Roles that end by themselves; no name in msops.yml begins so, and nobody can be given one there. */
export const GRANTED_ROLE_PREFIX = ':';

/** The answer of every permission check. A denial always says why, in a sentence for the person. */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

/** What somebody hears who is not in the configuration, at every door. */
export const UNKNOWN_PERSON =
  'I do not know you: your Slack account is not listed in the configuration of msops. Ask whoever runs it.';

export interface PermissionQuestion {
  readonly actor: Actor;
  readonly permission: Permission;
  /** The customer whose systems are touched; `undefined` asks whether the actor has it for any customer at all. */
  readonly customer: string | undefined;
}

/**
 * The one function that decides, for every door: command, button, modal, mention, home, web page and schedule.
 * Fails closed: no grant, an unknown role or an empty list of customers allows nothing.
 */
export function checkPermission(question: PermissionQuestion, roles: RoleTable): Decision {
  const { actor, permission, customer } = question;
  if (actor.grants.length === 0) {
    return { allowed: false, reason: UNKNOWN_PERSON };
  }
  const granting = Object.keys(roles).filter((role) => roles[role]?.includes(permission));
  const holds = actor.grants.some(({ role, customers }) => granting.includes(role) && reaches(customers, customer));
  if (holds) {
    return { allowed: true };
  }
  const named = granting.filter((role) => !role.startsWith(GRANTED_ROLE_PREFIX));
  const needed = named.length > 0 ? named.map((role) => `*${role}*`).join(' or ') : 'a role that nobody has yet';
  return {
    allowed: false,
    reason: `\`${permission}\` needs the role ${needed} here. Whoever runs msops can give it to you.`,
  };
}

function reaches(scope: CustomerScope, customer: string | undefined): boolean {
  return customer === undefined ? scope === 'all' || scope.length > 0 : covers(scope, customer);
}
