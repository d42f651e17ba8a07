import { type Actor, isOfCompany } from '../../domain/actor.ts';
import { checkPermission, type Decision } from '../../domain/permission.ts';
import type { InventoryConfig } from '../inventory/inventory-config.ts';

export interface OfferQuestion {
  readonly actor: Actor;
  /** Id of the customer. */
  readonly customer: string;
  readonly config: InventoryConfig;
}

/** May they ask for access to this customer's systems? Says nothing of the policy that decides on it. */
export function decideOffer({ actor, customer, config }: OfferQuestion): Decision {
  const permitted = checkPermission({ actor, permission: 'access.request', customer }, config.roles);
  if (!permitted.allowed) {
    return permitted;
  }
  const owner = config.inventory.customers.find(({ id }) => id === customer);
  if (!isOfCompany(actor, owner?.slackTeamId, config.homeTeam)) {
    const reason = "Read-only access is for the customer's own people, who ask for it from their own workspace.";
    return { allowed: false, reason };
  }
  return (owner?.access?.kinds.length ?? 0) > 0
    ? { allowed: true }
    : { allowed: false, reason: 'Nobody can ask for access here yet: msops.yml does not offer it to this customer.' };
}
