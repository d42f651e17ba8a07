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
