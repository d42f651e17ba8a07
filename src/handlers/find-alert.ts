import { type CustomerScope, covers } from '../domain/actor.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import { looksLikeId } from '../domain/short-id.ts';
import type { AlertGroupFacts } from '../services/alerts/ports.ts';
import type { ActionContext } from './action-spec.ts';
import { COMMAND } from './catalog.ts';
import { reachOrDeny } from './reach-or-deny.ts';

type Asking = Pick<ActionContext, 'actor' | 'place' | 'services' | 'touch'>;

/**
 * The group with this id, if it may be seen here, as it may be shown here: names of our people are for them alone.
 * @param permission what is to be done with it.
 * @throws {DeniedError} when they may not do that with it.
 * @throws {UserError} when there is none here.
 */
export async function findAlert(
  id: string,
  permission: 'alert.read' | 'alert.manage',
  asking: Asking,
): Promise<AlertGroupFacts> {
  const readable = reachOrDeny('alert.read', asking);
  const found = looksLikeId(id) ? await asking.services.alerts.find(id, readable) : undefined;
  if (found === undefined || !covers(readable, found.group.customer)) {
    throw new UserError('I know no such alert here.', { hint: `\`${COMMAND} alerts\` lists those that are open.` });
  }
  const { customer, environment, alerts } = found.group;
  asking.touch({ customer, environment, hosts: [...new Set(alerts.map(({ host }) => host))] });
  if (permission === 'alert.manage' && !covers(reachOrDeny(permission, asking), customer)) {
    throw new DeniedError(`\`${permission}\` is not yours for \`${customer}\`. Whoever runs msops can give it to you.`);
  }
  return { ...found, isOps: isAmongOurs([customer], asking) };
}

/** Whether names of our people and their reasons may be shown: never in a channel that a customer reads. */
export function isAmongOurs(customers: CustomerScope, { actor, place, services }: Omit<Asking, 'touch'>): boolean {
  if (place.kind !== 'channel') {
    const permissions = ['alert.manage', 'audit.read'] as const;
    return permissions.some((permission) => services.inventory.mayUse({ actor, place, permission }).allowed);
  }
  const known = customers === 'all' ? [] : customers.flatMap((id) => services.inventory.findCustomer(id) ?? []);
  const kinds = known.flatMap(({ channels }) => channels.filter(({ channelId }) => channelId === place.channelId));
  return kinds.length > 0 && kinds.every(({ kind }) => kind === 'ops');
}
