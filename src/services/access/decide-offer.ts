import { type Actor, teamOf, toPerson } from '../../domain/actor.ts';
import type { Customer } from '../../domain/inventory.ts';
import { checkPermission, type Decision } from '../../domain/permission.ts';
import type { InventoryConfig } from '../inventory/inventory-config.ts';

export interface OfferQuestion {
  readonly actor: Actor;
  /** Id of the customer. */
  readonly customer: string;
  readonly config: InventoryConfig;
}

/** May they ask for access to this customer's systems? Says nothing of the policy that decides on it. */
export function decideOffer({ actor, customer: id, config }: OfferQuestion): Decision {
  const permitted = checkPermission({ actor, permission: 'access.request', customer: id }, config.roles);
  if (!permitted.allowed) {
    return permitted;
  }
  const customer = config.inventory.customers.find((one) => one.id === id);
  if (customer === undefined || !isTheirs(actor, customer, config)) {
    const reason = "Read-only access is for the customer's own people, who ask for it from their own workspace.";
    return { allowed: false, reason };
  }
  return (customer.access?.kinds.length ?? 0) > 0
    ? { allowed: true }
    : { allowed: false, reason: 'Nobody can ask for access here yet: msops.yml does not offer it to this customer.' };
}

/** One of ours stays one of ours, also by an account in the customer's workspace. */
function isTheirs(actor: Actor, { slackTeamId }: Customer, { homeTeam }: InventoryConfig): boolean {
  const isOurs = toPerson(actor).accounts.some((account) => teamOf(account) === homeTeam);
  return slackTeamId !== undefined && teamOf(actor.id) === slackTeamId && !isOurs;
}
