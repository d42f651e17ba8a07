import { UserError } from '../../domain/errors.ts';
import type { Customer } from '../../domain/inventory.ts';
import type { Delivery, Mail } from '../deliveries/delivery.ts';
import type { Audience } from './email-verification.ts';
import { ruledAddresses } from './ruled-addresses.ts';
import { mailSettingsOf } from './ses-settings.ts';

export interface TestMailRequest {
  readonly customer: Customer;
  /** As typed; missing: every address that a rule names. */
  readonly address?: string | undefined;
  readonly audience: Audience;
  /** The same request gives the same mail: `mt-7kq2m9xd`. */
  readonly id: string;
  readonly mail: Mail;
  /** Where no customer reads them. */
  readonly troubleThreads: Delivery['troubleThreads'];
  /** Says who gets it, before anything can go wrong: troubles are told below. */
  tell(to: readonly string[]): Promise<void>;
}

interface TestDelivery extends Delivery {
  readonly content: Extract<Delivery['content'], { kind: 'email' }>;
}

/** To people who get mails anyway: chat is no way to write to strangers. @throws {UserError} */
export function testMail({ customer, address, audience, ...request }: TestMailRequest, now: Date): TestDelivery {
  mailSettingsOf(customer);
  const known = ruledAddresses(customer, audience);
  if (known.length === 0) {
    throw new UserError(`No rule of \`${customer.id}\` in msops.yml sends mails to anybody.`, {
      hint: 'Name the address under `monitoring.notices` of an environment, then test it.',
    });
  }
  const to = address === undefined ? known : known.filter((one) => one.toLowerCase() === address.toLowerCase());
  if (to.length === 0) {
    throw new UserError(`That address is in no rule of \`${customer.id}\`, and I send no mails to strangers.`, {
      hint: `Those that rules name: ${known.map((one) => `\`${one}\``).join(', ')}.`,
    });
  }
  return {
    key: `email-test:${request.id}`,
    incident: request.id,
    customer: customer.id,
    content: { kind: 'email', to, mail: request.mail },
    dueAt: now,
    troubleThreads: request.troubleThreads,
  };
}
