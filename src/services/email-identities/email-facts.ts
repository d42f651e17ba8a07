import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { Customer } from '../../domain/inventory.ts';
import { type EmailFacts, type EmailVerification, endsAt } from './email-verification.ts';
import type { DnsLookup, EmailIdentities, EmailIdentity } from './ports.ts';
import { readRecords } from './read-records.ts';
import type { SesSettings } from './ses-settings.ts';

export interface EmailFactsDeps {
  /** Of a region. */
  identities(region: string): EmailIdentities;
  readonly dns: DnsLookup;
  readonly clock: Clock;
}

export interface FactsRequest {
  readonly customer: Customer;
  readonly settings: SesSettings;
  readonly verification?: EmailVerification | undefined;
  /** When SES has just told it. */
  readonly identity?: EmailIdentity | undefined;
}

/** Asks SES and the DNS. What AWS refuses is part of the answer. */
export async function readEmailFacts(request: FactsRequest, deps: EmailFactsDeps): Promise<EmailFacts> {
  const { customer, settings, verification } = request;
  const its = deps.identities(settings.region);
  const [found, account] = await Promise.all([
    request.identity ?? orTrouble(its.find(settings.domain)),
    orTrouble(its.account()),
  ]);
  const identity = found instanceof UserError ? undefined : found;
  const troubles = [found, account].filter((one) => one instanceof UserError);
  const records = identity === undefined ? [] : await readRecords(identity, deps.dns);
  return {
    customer: { id: customer.id, name: customer.name },
    ...settings,
    ...{ identity, verification },
    account: account instanceof UserError ? undefined : account,
    records,
    areRecordsWrong: records.some(({ reading }) => reading.kind !== 'right' && reading.kind !== 'unknown'),
    endsAt: verification && endsAt(verification),
    trouble: troubles.map(({ message, hint }) => [message, hint].filter((part) => part).join(' ')).at(0),
    now: deps.clock.now(),
  };
}

/** @throws what is no `UserError`. */
async function orTrouble<T>(asked: Promise<T>): Promise<T | UserError> {
  return asked.catch((error: unknown) => {
    if (error instanceof UserError) {
      return error;
    }
    throw error;
  });
}
