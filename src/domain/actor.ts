/** One person of one Slack workspace: `T…:U…`. The only identity msops knows; never a name or an e-mail address. */
export type PersonId = `${string}:${string}`;

/** Which customers a role reaches: a list of customer ids, or all of them. */
export type CustomerScope = 'all' | readonly string[];

export function covers(scope: CustomerScope, customer: string): boolean {
  return scope === 'all' || scope.includes(customer);
}

/** A role that somebody holds, and for which customers. */
export interface RoleGrant {
  readonly role: string;
  readonly customers: CustomerScope;
}

/** Somebody who asks for something, as the configuration knows them. An unknown person has no grants. */
export interface Actor {
  readonly id: PersonId;
  /** For people to read; never compared. */
  readonly displayName: string;
  readonly grants: readonly RoleGrant[];
  /** Other accounts of the same human being, as the configuration says; `id` is the one that they use now. */
  readonly alsoKnownAs?: readonly PersonId[] | undefined;
}

/** Somebody as it is written down: who, by which accounts they can be known again, and a name to read. */
export interface Person {
  readonly id: PersonId;
  /** All accounts of this human being, `id` among them. */
  readonly accounts: readonly PersonId[];
  readonly name: string;
}

export function toPerson({ id, alsoKnownAs = [], displayName }: Actor): Person {
  return { id, accounts: [...new Set([id, ...alsoKnownAs])], name: displayName };
}

/** Are these two one human being? Slack gives a user id to one account only, whichever workspace names it. */
export function isSamePerson(one: Person, other: Person): boolean {
  const userIds = new Set(one.accounts.map(userIdOf));
  return other.accounts.some((account) => userIds.has(userIdOf(account)));
}

/**
 * Is this an account of another company's workspace, and of somebody who is none of ours? One of ours stays one of ours,
 * also by an account there.
 */
export function isOfCompany(actor: Actor, team: string | undefined, homeTeam: string): boolean {
  const isOurs = toPerson(actor).accounts.some((account) => teamOf(account) === homeTeam);
  return teamOf(actor.id) === team && !isOurs;
}

/** Slack user id of an account, `U…` or `W…`. */
export function userIdOf(account: PersonId): string {
  return account.slice(account.indexOf(':') + 1);
}

/** Workspace of an account, `T…` or `E…`. */
export function teamOf(account: PersonId): string {
  return account.slice(0, account.indexOf(':'));
}

/**
 * @param teamId Slack workspace of the person (`T…`, on Enterprise Grid `E…`), not of the app.
 * @param userId Slack user id (`U…` or `W…`).
 */
export function personId(teamId: string, userId: string): PersonId {
  return `${teamId}:${userId}`;
}
