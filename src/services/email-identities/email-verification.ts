import type { EmailIdentity, SesAccount } from './ports.ts';

/** SES looks for the records for three days. */
export const SEARCH_HOURS = 72;

/** A domain on its way to be verified, as it is kept. */
export interface EmailVerification {
  /** Id. */
  readonly customer: string;
  readonly domain: string;
  readonly region: string;
  readonly begunAt: Date;
  /** `false`: SES had been looking before msops knew of it, so its 72 hours may end earlier. */
  readonly isBeginKnown: boolean;
  /** Messages that show how it goes, one a channel. */
  readonly cards: readonly EmailCard[];
  /** Hours after which a reminder was sent. */
  readonly reminded: readonly number[];
  readonly endedAt?: Date | undefined;
  readonly outcome?: EmailOutcome | undefined;
}

/** Quotas are those of all customers together, and what AWS refuses names our accounts: both are for us alone. */
export type Audience = 'operations' | 'customer';

export interface EmailCard {
  readonly channelId: string;
  /** Of the outbox. */
  readonly key: string;
}

/** `expired`: SES gave up, or its time is over. `withdrawn`: the configuration or the identity is another one now. */
export type EmailOutcome = 'verified' | 'expired' | 'withdrawn';

/** A CNAME record that has to be there, and what the DNS says of it right now. */
export interface DkimRecord {
  /** `<token>._domainkey.<domain>`. */
  readonly name: string;
  readonly target: string;
  readonly reading: DkimReading;
}

export type DkimReading =
  | { readonly kind: 'right' }
  | { readonly kind: 'missing' }
  /** There is such a name, but without a CNAME. */
  | { readonly kind: 'other_type' }
  | { readonly kind: 'elsewhere'; readonly target: string }
  /** The DNS panel put the domain behind the target: a dot at its end was missing. */
  | { readonly kind: 'target_doubled'; readonly target: string }
  /** It is below `<name>.<domain>`: the panel put the domain behind a name that had it already. */
  | { readonly kind: 'name_doubled'; readonly at: string }
  /** No answer from the DNS: nothing is known. */
  | { readonly kind: 'unknown' };

/** All that is to be said of a customer's domain right now. */
export interface EmailFacts {
  readonly customer: { readonly id: string; readonly name: string };
  readonly from: string;
  readonly domain: string;
  readonly region: string;
  /** Missing: SES does not know it, or did not tell. */
  readonly identity?: EmailIdentity | undefined;
  /** Empty when SES has not given any tokens. */
  readonly records: readonly DkimRecord[];
  /** Whether somebody has to do something about them; what is unknown is not wrong. */
  readonly areRecordsWrong: boolean;
  readonly account?: SesAccount | undefined;
  /** Missing: nobody has begun one. */
  readonly verification?: EmailVerification | undefined;
  /** Until when SES looks; missing: no verification is known. */
  readonly endsAt?: Date | undefined;
  /** What could not be asked for, in words. */
  readonly trouble?: string | undefined;
  readonly now: Date;
}

/** Of an address that rules name: why SES drops what goes to it. `unknown`: it did not tell. */
export interface AddressState {
  readonly address: string;
  readonly suppressed: 'BOUNCE' | 'COMPLAINT' | 'no' | 'unknown';
}

export function endsAt({ begunAt }: Pick<EmailVerification, 'begunAt'>): Date {
  return new Date(begunAt.getTime() + SEARCH_HOURS * 3_600_000);
}
