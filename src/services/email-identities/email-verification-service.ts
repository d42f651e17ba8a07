import { UserError } from '../../domain/errors.ts';
import type { Customer } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { Deliveries } from '../deliveries/ports.ts';
import type { Outbox } from '../notifications/ports.ts';
import { beginVerification, type VerifyRequest } from './begin-verification.ts';
import { type CheckDeps, checkVerification } from './check-verification.ts';
import { audienceOf, createEmailCards } from './email-cards.ts';
import { readEmailFacts } from './email-facts.ts';
import type { AddressState, Audience, EmailFacts } from './email-verification.ts';
import type { EmailIdentities, EmailVerificationWords } from './ports.ts';
import { ruledAddresses } from './ruled-addresses.ts';
import { type TestMailRequest, testMail } from './send-test-mail.ts';
import { sesSettingsOf } from './ses-settings.ts';

/** Addresses whose suppression is asked for in one answer; SES takes one question a second. */
const MOST_ADDRESSES = 20;

export interface EmailVerificationDeps extends Omit<CheckDeps, 'cards'> {
  readonly outbox: Pick<Outbox, 'put'>;
  readonly words: EmailVerificationWords;
  readonly deliveries: Pick<Deliveries, 'put'>;
  readonly logger: Logger;
}

export interface EmailStatus {
  readonly facts: EmailFacts;
  /** Of the addresses that rules name, 20 at most. */
  readonly addresses: readonly AddressState[];
  /** How many there are beyond these. */
  readonly more: number;
}

/** Walks customers through having their domain verified by SES. */
export interface EmailVerificationService {
  /** Begins or goes on, and shows it in the channel of the card until it is over. @throws {UserError} */
  verify(request: VerifyRequest): Promise<EmailFacts>;
  /** Changes nothing. @throws {UserError} */
  status(customer: Customer, audience: Audience): Promise<EmailStatus>;
  /** Puts a mail to one or all of the addresses that rules name. @throws {UserError} */
  test(request: TestMailRequest): Promise<void>;
  /** Looks at every verification that is open. @throws when one could not be looked at, after the others. */
  checkOpen(): Promise<void>;
}

export function createEmailVerificationService(deps: EmailVerificationDeps): EmailVerificationService {
  const all = { ...deps, cards: createEmailCards(deps) };
  return {
    verify: (request) => beginVerification(request, all).catch((error) => hideFrom(request, error)),

    async status(customer, audience) {
      const settings = sesSettingsOf(customer);
      const verification = await deps.store.find(customer.id);
      const isOfNow = verification?.domain === settings.domain && verification.region === settings.region;
      const addresses = ruledAddresses(customer, audience);
      const its = deps.identities(settings.region);
      return {
        facts: await readEmailFacts({ customer, settings, ...(isOfNow ? { verification } : {}) }, all),
        addresses: await suppressed(addresses.slice(0, MOST_ADDRESSES), its),
        more: Math.max(0, addresses.length - MOST_ADDRESSES),
      };
    },

    async test(request) {
      const delivery = testMail(request, deps.clock.now());
      await request.tell(delivery.content.to);
      await deps.deliveries.put(delivery);
    },

    async checkOpen() {
      const failures: unknown[] = [];
      for (const verification of await deps.store.open()) {
        await checkVerification(verification, all).catch((error: unknown) => {
          const { customer, domain } = verification;
          deps.logger.error('Verification of a mail domain not checked', { customer, domain, error });
          failures.push(error);
        });
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} verifications of mail domains were not checked`);
      }
    },
  };
}

/** One after the other, as slowly as SES wants it. */
async function suppressed(addresses: readonly string[], its: EmailIdentities): Promise<readonly AddressState[]> {
  const states: AddressState[] = [];
  for (const address of addresses) {
    const reason = await its.suppression(address).catch((error: unknown) => {
      if (error instanceof UserError) {
        return 'unknown' as const;
      }
      throw error;
    });
    states.push({ address, suppressed: reason ?? 'no' });
  }
  return states;
}

/** What AWS refuses names accounts of ours. */
function hideFrom({ customer, card }: VerifyRequest, error: unknown): never {
  const isFromAws = error instanceof UserError && error.cause !== undefined;
  if (isFromAws && audienceOf(customer, card.channelId) === 'customer') {
    throw new UserError('Amazon SES could not be asked just now.', { hint: 'Operations see why; try again later.' });
  }
  throw error;
}
