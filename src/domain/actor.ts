/** One person of one Slack workspace: `T…:U…`. The only identity msops knows; never a name or an e-mail address. */
export type PersonId = `${string}:${string}`;

/** Which customers a role reaches: a list of customer ids, or all of them. */
export type CustomerScope = 'all' | readonly string[];

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
}

/**
 * @param teamId Slack workspace of the person (`T…`, on Enterprise Grid `E…`), not of the app.
 * @param userId Slack user id (`U…` or `W…`).
 */
export function personId(teamId: string, userId: string): PersonId {
  return `${teamId}:${userId}`;
}
