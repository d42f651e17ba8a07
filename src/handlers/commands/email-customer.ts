import { z } from 'zod';
import { UserError } from '../../domain/errors.ts';
import type { Customer } from '../../domain/inventory.ts';
import type { Audience } from '../../services/email-identities/email-verification.ts';
import type { CommandContext } from '../command-spec.ts';
import { isAmongOurs } from '../find-alert.ts';
import { reachOrDeny } from '../reach-or-deny.ts';
import { selectCustomer } from './email-select-customer.ts';

const CUSTOMER_MISSING = 'Which customer?';

/** `<customer>` alone. */
export const OneCustomer = z
  .object({
    words: z.tuple([z.string()], {
      error: ({ code }) => (code === 'too_big' ? 'One customer at a time, please.' : CUSTOMER_MISSING),
    }),
  })
  .transform(({ words: [customer] }) => ({ customer }));

/** `<customer> [address]`. */
export const CustomerAndAddress = z
  .object({
    words: z.array(z.string()).min(1, CUSTOMER_MISSING).max(2, 'One customer, and one address at most, please.'),
  })
  .transform(({ words: [customer = '', address] }) => ({ customer, address }));

export interface ChosenCustomer {
  readonly customer: Customer;
  /** Who reads along. */
  readonly audience: Audience;
}

/** @throws {DeniedError} @throws {UserError} */
export function chooseCustomer(typed: string, { actor, place, services, touch }: CommandContext): ChosenCustomer {
  const reach = reachOrDeny('email.manage', { actor, place, services });
  const visible = services.inventory.visibleEnvironments({ actor, place }).map(({ customer }) => customer);
  const ids = reach === 'all' ? [...new Set(visible)] : reach;
  const customer = selectCustomer(
    typed,
    ids.flatMap((id) => services.inventory.findCustomer(id) ?? []),
  );
  touch({ customer: customer.id });
  return { customer, audience: isAmongOurs([customer.id], { actor, place, services }) ? 'operations' : 'customer' };
}

/** Where a message about the customer goes that was asked for in a direct message. @throws {UserError} when there is none. */
export function channelFor({ customer, audience }: ChosenCustomer, { place }: CommandContext): string {
  if (place.kind === 'channel') {
    return place.channelId;
  }
  const wanted = audience === 'operations' ? 'ops' : 'shared';
  const found = customer.channels.find(({ kind }) => kind === wanted);
  if (found === undefined) {
    throw new UserError(`\`${customer.id}\` has no channel in msops.yml in which this could be shown.`, {
      hint: 'Ask in a channel that is bound to the customer.',
    });
  }
  return found.channelId;
}
