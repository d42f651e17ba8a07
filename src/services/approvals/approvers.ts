import { type Actor, covers, isOfCompany, isSamePerson, type Person, teamOf, toPerson } from '../../domain/actor.ts';
import type { ApprovalGroup } from '../../domain/approval-policy.ts';
import { checkPermission } from '../../domain/permission.ts';
import type { Rules } from './rules.ts';

/** All accounts of one human being that count here; never empty. */
export type Human = readonly Actor[];

/** May this account fill a seat of the group? @param actor with the grants of now. */
export function fitsGroup(actor: Actor, group: ApprovalGroup, { customer, rules }: Membership): boolean {
  return (
    holdsRole(actor, group.role, customer) &&
    isOfTeam(actor, group.team, { customer, rules }) &&
    checkPermission({ actor, permission: 'change.approve', customer }, rules.roles).allowed
  );
}

export interface Membership {
  /** Whose environment it is. */
  readonly customer: string;
  readonly rules: Rules;
}

export function holdsRole({ grants }: Actor, role: string, customer: string): boolean {
  return grants.some(({ role: held, customers }) => held === role && covers(customers, customer));
}

/** Does this account stand for the team of a group? */
export function isOfTeam(actor: Actor, team: ApprovalGroup['team'], { customer, rules }: Membership): boolean {
  if (team === 'any') {
    return true;
  }
  if (team === 'home') {
    return teamOf(actor.id) === rules.homeTeam;
  }
  const owner = rules.inventory.customers.find((candidate) => candidate.id === customer);
  return isOfCompany(actor, owner?.slackTeamId, rules.homeTeam);
}

/** Somebody who was written down, with the grants of now and every account that they have or had. */
export function actorOfNow(person: Person, { findActor }: Pick<Rules, 'findActor'>): Actor {
  const actor = findActor(person.id);
  return { ...actor, alsoKnownAs: [...(actor.alsoKnownAs ?? []), ...person.accounts] };
}

/** Accounts by the human being behind them, in the order of their first account. */
function toHumans(accounts: readonly Actor[]): readonly Human[] {
  const humans: Actor[][] = [];
  for (const account of accounts) {
    const [first, ...others] = humans.filter((human) => human.some((other) => isSameHuman(other, account)));
    if (first === undefined) {
      humans.push([account]);
      continue;
    }
    // An account can show that those who seemed to be different are one.
    first.push(account, ...others.flat());
    for (const other of others) {
      humans.splice(humans.indexOf(other), 1);
    }
  }
  return humans;
}

export function isSameHuman(one: Actor, other: Actor): boolean {
  return isSamePerson(toPerson(one), toPerson(other));
}

/** Everybody of these accounts but the requester, by whatever account. */
export function othersThan(requester: Actor, accounts: readonly Actor[]): readonly Human[] {
  return toHumans([requester, ...accounts]).slice(1);
}

/** Every account of the configuration that may fill a seat of one of the groups. */
export function accountsFor(groups: readonly ApprovalGroup[], membership: Membership): readonly Actor[] {
  const { rules } = membership;
  const accounts = rules.people().flatMap((actor) => {
    const person = toPerson(actor);
    return person.accounts.map((id) => actorOfNow({ ...person, id }, rules));
  });
  return accounts.filter((account) => groups.some((group) => fitsGroup(account, group, membership)));
}
