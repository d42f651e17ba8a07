import { covers } from '../domain/actor.ts';
import { DeniedError, UserError } from '../domain/errors.ts';
import type { AccessSettings, Customer, Environment } from '../domain/inventory.ts';
import type { Place } from '../domain/place.ts';
import { type AccessAsking, isSharedHere } from './access-find.ts';
import { reachOrDeny } from './reach-or-deny.ts';

export interface AccessOffer {
  readonly customer: Customer;
  readonly settings: AccessSettings;
  /** Those that they may ask for; at least one. */
  readonly environments: readonly Environment[];
  readonly longestMs: number;
}

/**
 * What somebody may ask for here.
 * @param customerId comes from a button or a form, and whoever sends it can forge it.
 * @throws {DeniedError} when they may not ask.
 * @throws {UserError} when nobody can, or not in this place.
 */
export async function offerOf(customerId: string, asking: AccessAsking): Promise<AccessOffer> {
  const { actor, place, services, touch } = asking;
  const reach = reachOrDeny('access.request', asking);
  const customer = covers(reach, customerId) ? services.inventory.findCustomer(customerId) : undefined;
  if (customer === undefined) {
    throw new UserError('I know no such customer here.', { hint: 'Write `@msops access` for a new button.' });
  }
  touch({ customer: customer.id });
  const settings = settingsOf(customer, place);
  const visible = services.inventory.visibleEnvironments({ actor, place, permission: 'access.request' });
  const own = visible.filter((environment) => environment.customer === customer.id);
  const offers = await Promise.all(
    own.map(async (environment) => ({ environment, ...(await services.access.offer(actor, environment)) })),
  );
  const allowed = offers.filter(({ decision }) => decision.allowed);
  if (allowed.length === 0) {
    throw new DeniedError(reasonOf(offers[0]?.decision) ?? 'There is no environment here that you may ask for.');
  }
  return {
    ...{ customer, settings, environments: allowed.map(({ environment }) => environment) },
    longestMs: Math.min(...allowed.map(({ longestMs }) => longestMs)),
  };
}

/** @throws {UserError} */
function settingsOf(customer: Customer, place: Place): AccessSettings {
  if (customer.access === undefined) {
    throw notOffered(customer);
  }
  if (!isSharedHere(customer, place)) {
    throw notHere();
  }
  return customer.access;
}

export function notOffered({ name }: Pick<Customer, 'name'>): UserError {
  return new UserError(`Nobody can ask for access to the systems of ${name} here: that was not agreed.`, {
    hint: 'Ask the operations team.',
  });
}

/** What only one person may see is sent into the channel where they asked. */
export function notHere(): UserError {
  return new UserError('Access is asked for in the channel that your company shares with the operations team.', {
    hint: 'Write `@msops access` there.',
  });
}

function reasonOf(decision: { allowed: boolean; reason?: string } | undefined): string | undefined {
  return decision?.allowed === false ? decision.reason : undefined;
}
