import type { Message } from '../../domain/message.ts';
import type { Audience, EmailFacts, EmailVerification } from './email-verification.ts';

/** What Amazon SES says of a domain. */
export interface EmailIdentity {
  readonly domain: string;
  readonly verifiedForSending: boolean;
  readonly status: 'PENDING' | 'SUCCESS' | 'FAILED' | 'TEMPORARY_FAILURE' | 'NOT_STARTED';
  readonly dkimTokens: readonly string[];
  /** Where the CNAME records point to; from the API, never made up. */
  readonly signingHostedZone: string | undefined;
  /** `HOST_NOT_FOUND`, `INVALID_VALUE`, …: why SES could not verify it the last time. */
  readonly errorType?: string | undefined;
}

export interface SesAccount {
  /** Without it mails go to verified addresses alone. */
  readonly productionAccess: boolean;
  readonly sendingEnabled: boolean;
  readonly enforcement: string;
  readonly max24Hours: number;
  readonly sentLast24Hours: number;
  readonly maxPerSecond: number;
}

/** The domain identities of one region. @throws {UserError} that says what to do when AWS refuses. */
export interface EmailIdentities {
  /** Creates it, or returns the one that is there. */
  ensure(domain: string): Promise<EmailIdentity>;
  find(domain: string): Promise<EmailIdentity | undefined>;
  /** Lets SES look for another 72 hours after it has given up: the identity is made anew, perhaps with other tokens. */
  restart(domain: string): Promise<EmailIdentity>;
  account(): Promise<SesAccount>;
  /** Why SES drops what is sent to this address; `undefined`: it does not. */
  suppression(address: string): Promise<'BOUNCE' | 'COMPLAINT' | undefined>;
}

/** What the DNS says right now. */
export interface DnsLookup {
  /** @returns the target without a dot at the end, lower case; or why there is none. */
  cname(
    name: string,
  ): Promise<{ readonly target: string } | { readonly missing: 'no_such_name' | 'no_cname' | 'no_answer' }>;
}

/** The one verification of each customer, and how it ended. */
export interface EmailVerificationStore {
  find(customer: string): Promise<EmailVerification | undefined>;
  /** Those that have not ended, oldest first. */
  open(): Promise<readonly EmailVerification[]>;
  /** Instead of the one that the customer had. */
  begin(verification: EmailVerification): Promise<void>;
  /**
   * One change at a time, however many replicas. It is made to the verification that began at `begunAt` and to no other.
   * @returns what is there afterwards; `undefined` when that one is not there any more.
   */
  update(
    one: Pick<EmailVerification, 'customer' | 'begunAt'>,
    change: (found: EmailVerification) => EmailVerification,
  ): Promise<EmailVerification | undefined>;
}

/** How a verification is put into words; made by `views/`. */
export interface EmailVerificationWords {
  /** Records, what the DNS says of them, where SES is. Edited while it goes on. */
  card(facts: EmailFacts, audience: Audience): Message;
  /** In the place of a card that is shown anew further down. */
  moved(facts: Pick<EmailFacts, 'domain'>): Message;
  /** @param hoursLeft 48, 24 or 6. Says nothing that changes afterwards. */
  reminder(facts: EmailFacts, hoursLeft: number): Message;
  /** What came of it, as a message of its own. */
  ended(facts: EmailFacts, audience: Audience): Message;
}
