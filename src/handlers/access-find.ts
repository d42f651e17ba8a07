import { type Actor, type CustomerScope, covers, isSamePerson, toPerson } from '../domain/actor.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import type { Customer } from '../domain/inventory.ts';
import type { Place } from '../domain/place.ts';
import { looksLikeId } from '../domain/short-id.ts';
import type { Grant } from '../services/access/grant.ts';
import type { GrantFacts } from '../services/access/ports.ts';
import { readTypedName } from '../services/inventory/typed-name.ts';
import type { AccessAudience } from '../views/access-state.ts';
import type { ActionContext } from './action-spec.ts';
import { COMMAND } from './catalog.ts';
import { reachOrDeny } from './reach-or-deny.ts';

export type AccessAsking = Pick<ActionContext, 'actor' | 'place' | 'services' | 'touch'>;

/**
 * The grant with this id, if it may be seen here; one of somebody else's customer and one of nobody's are the same.
 * @throws {DeniedError} when they may see none here.
 * @throws {UserError} when there is none here.
 */
export async function findGrant(typed: string, asking: AccessAsking): Promise<GrantFacts> {
  const readable = reachOrDeny('access.read', asking);
  const id = readTypedName(typed);
  const found = looksLikeId(id) ? await asking.services.access.find(id, readable) : undefined;
  if (found === undefined || !covers(readable, found.grant.customer)) {
    throw new UserError('I know no such access here.', { hint: `\`${COMMAND} access list\` lists what there is.` });
  }
  const { customer, environment, wish } = found.grant;
  asking.touch({ customer, environment, hosts: wish.linux?.hosts });
  return found;
}

/** For what only those may do who are in charge. @throws {DeniedError} {UserError} */
export async function findManagedGrant(typed: string, asking: AccessAsking): Promise<GrantFacts> {
  const found = await findGrant(typed, asking);
  if (!managesHere(found.grant.customer, asking)) {
    throw notTheirs('access.manage', found.grant.customer);
  }
  return found;
}

/** For what only approvers may do. @throws {DeniedError} {UserError} */
export async function findGrantToApprove(typed: string, asking: AccessAsking): Promise<GrantFacts> {
  const found = await findGrant(typed, asking);
  if (!covers(reachOrDeny('change.approve', asking), found.grant.customer)) {
    throw notTheirs('change.approve', found.grant.customer);
  }
  return found;
}

/** For what the person may ask for, and those who are in charge. @throws {DeniedError} {UserError} */
export async function findGrantToExtend(typed: string, asking: AccessAsking): Promise<GrantFacts> {
  const found = await findGrant(typed, asking);
  if (!isTheirOwn(found.grant, asking.actor) && !managesHere(found.grant.customer, asking)) {
    throw new DeniedError('Only the person who has this access can ask for a later end, or the operations team.');
  }
  return found;
}

/** By whatever account; never by a name. */
export function isTheirOwn({ person }: Grant, actor: Actor): boolean {
  return isSamePerson(person, toPerson(actor));
}

export function managesHere(customer: string, { actor, place, services }: Omit<AccessAsking, 'touch'>): boolean {
  return covers(services.inventory.reach({ actor, place, permission: 'access.manage' }), customer);
}

/** Names of our people, accounts and reasons are for us: never in a channel that a customer reads. */
export function audienceOf(customers: CustomerScope, asking: Omit<AccessAsking, 'touch'>): AccessAudience {
  const { actor, place, services } = asking;
  if (place.kind !== 'channel') {
    const reach = (['access.manage', 'audit.read'] as const).map((permission) =>
      services.inventory.reach({ actor, place, permission }),
    );
    const isOurs = reach.some((scope) => scope === 'all' || (customers !== 'all' && isWithin(customers, scope)));
    return isOurs ? 'ops' : 'shared';
  }
  const known = customers === 'all' ? [] : customers.flatMap((id) => services.inventory.findCustomer(id) ?? []);
  const kinds = known.flatMap(({ channels }) => channels.filter(({ channelId }) => channelId === place.channelId));
  return kinds.length > 0 && kinds.every(({ kind }) => kind === 'ops') ? 'ops' : 'shared';
}

export function isSharedHere({ channels }: Customer, place: Place): boolean {
  return (
    place.kind === 'channel' &&
    channels.some(({ channelId, kind }) => kind === 'shared' && channelId === place.channelId)
  );
}

function isWithin(customers: readonly string[], scope: readonly string[]): boolean {
  return customers.length > 0 && customers.every((customer) => scope.includes(customer));
}

function notTheirs(permission: string, customer: string): DeniedError {
  return new DeniedError(`\`${permission}\` is not yours for \`${customer}\`. Whoever runs msops can give it to you.`);
}
