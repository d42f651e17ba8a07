import type { SentMail } from './send-email.ts';

/** A domain or an address that mails may come from. */
export interface Identity {
  readonly name: string;
  readonly kind: 'DOMAIN' | 'EMAIL_ADDRESS';
  readonly createdAt: Date;
  /** Three for a domain, none for an address. */
  readonly dkimTokens: readonly string[];
  readonly signingHostedZone: string;
  status: 'PENDING' | 'SUCCESS' | 'FAILED' | 'TEMPORARY_FAILURE' | 'NOT_STARTED';
  errorType?: DkimError | undefined;
  checkedAt?: Date | undefined;
}

/** Why SES did not find a record. */
export type DkimError = 'HOST_NOT_FOUND' | 'TYPE_NOT_FOUND' | 'INVALID_VALUE' | 'DNS_SERVER_ERROR';

/** What SES knows in one region. Everything here is there for tests to set. */
export interface SesRegion {
  readonly identities: Map<string, Identity>;
  readonly suppressed: Map<string, { readonly reason: 'BOUNCE' | 'COMPLAINT'; readonly at: Date }>;
  readonly mails: SentMail[];
  productionAccess: boolean;
  sendingEnabled: boolean;
  enforcement: 'HEALTHY' | 'PROBATION' | 'SHUTDOWN';
  /** Recipients. */
  max24Hours: number;
  maxPerSecond: number;
}

/** As a new account begins: in the sandbox, with 200 recipients a day and one a second. */
export function newSesRegion(): SesRegion {
  return {
    identities: new Map(),
    suppressed: new Map(),
    mails: [],
    productionAccess: false,
    sendingEnabled: true,
    enforcement: 'HEALTHY',
    max24Hours: 200,
    maxPerSecond: 1,
  };
}

/** The name of an address or a domain, as it is compared. */
export function normal(name: string): string {
  return name.trim().toLowerCase();
}

/** The address of `Name <address>`. */
export function addressOf(written: string): string {
  return normal(/<([^<>]+)>\s*$/.exec(written)?.[1] ?? written);
}

/** Whether mails may come from it: as an address of its own, by its domain, or by one above that. */
export function isVerified(address: string, { identities }: SesRegion): boolean {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const domains = labels.map((_, index) => labels.slice(index).join('.'));
  return [address, ...domains].some((name) => identities.get(name)?.status === 'SUCCESS');
}
