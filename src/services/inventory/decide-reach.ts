import { type Actor, teamOf } from '../../domain/actor.ts';
import type { Customer } from '../../domain/inventory.ts';
import { checkPermission, type Decision, type Permission } from '../../domain/permission.ts';
import type { Place } from '../../domain/place.ts';
import type { InventoryConfig } from './inventory-config.ts';
import { narrowGrants } from './narrow-grants.ts';

/** Somebody, where they ask, and by which configuration. */
export interface Asking {
  readonly actor: Actor;
  readonly place: Place;
  readonly config: InventoryConfig;
}

/** The customers that may be shown. None is a denial, and it says why. */
export interface Reach {
  readonly customers: readonly Customer[];
  readonly decision: Decision;
}

/**
 * Which customers somebody reaches here with one of the permissions or more. What a person may do is cut down to
 * what the channel is bound to; a channel never adds anything.
 *
 * @param permissions The first one is what a denial talks about.
 */
export function decideReach(asking: Asking, permissions: readonly [Permission, ...Permission[]]): Reach {
  const entry = decideEntry(asking);
  if (!entry.allowed) {
    return { customers: [], decision: entry };
  }
  const { place, config } = asking;
  const actor = narrowGrants(asking.actor, config);
  const here = customersOf(place, config);
  const customers = here.filter(({ id }) =>
    permissions.some((permission) => checkPermission({ actor, permission, customer: id }, config.roles).allowed),
  );
  if (customers.length > 0) {
    return { customers, decision: { allowed: true } };
  }
  const [first] = here;
  const question = { actor, permission: permissions[0], customer: first?.id };
  return { customers, decision: first === undefined ? UNBOUND : checkPermission(question, config.roles) };
}

const UNBOUND: Decision = {
  allowed: false,
  reason:
    'This channel is not bound to a customer, so there is nothing that I may show here. Ask me in a direct message, or have the channel added to msops.yml.',
};

/** May somebody talk to the bot in this place at all? Says nothing of what they may do. */
export function decideEntry({ actor, place, config }: Asking): Decision {
  const narrowed = narrowGrants(actor, config);
  if (narrowed.grants.length === 0) {
    return checkPermission({ actor: narrowed, permission: 'inventory.read', customer: undefined }, config.roles);
  }
  if (place.kind === 'channel' && !isWelcome(actor, place.channelId, config)) {
    return {
      allowed: false,
      reason: 'In this channel I answer our own people and those of the customer that it is shared with.',
    };
  }
  return { allowed: true };
}

/** A shared channel belongs to us and one customer, but Slack lets up to 250 companies into it. */
function isWelcome(actor: Actor, channelId: string, { homeTeam, inventory }: InventoryConfig): boolean {
  const owners = inventory.customers.filter(({ channels }) =>
    channels.some((channel) => channel.channelId === channelId && channel.kind === 'shared'),
  );
  const teams = [homeTeam, ...owners.map(({ slackTeamId }) => slackTeamId)];
  return owners.length === 0 || teams.includes(teamOf(actor.id));
}

function customersOf(place: Place, { inventory }: InventoryConfig): readonly Customer[] {
  if (place.kind !== 'channel') {
    return inventory.customers;
  }
  return inventory.customers.filter(({ channels }) => channels.some(({ channelId }) => channelId === place.channelId));
}
