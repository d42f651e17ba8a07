import type { Identity } from '../aws/ses/ses-region.ts';

/** A domain whose owner somebody plays in the panel: it makes the DNS records that SES asks for. */
export interface MailDomain {
  readonly name: string;
  /** How far its verification is, in words. */
  state(): string;
  /** Whether there are records to make. */
  isAsked(): boolean;
  makeRecords(): void;
}

export interface MailDomainDeps {
  readonly name: string;
  /** What SES knows of it. */
  find(domain: string): Identity | undefined;
  makeRecords(domain: string): boolean;
}

const VERIFIED = 'verified by SES';

export function createMailDomain({ name, find, makeRecords }: MailDomainDeps): MailDomain {
  /** Tokens whose records were made: a verification that begins anew asks for others. */
  const made = new Set<string>();
  const state = (): string => {
    const identity = find(name);
    if (identity === undefined) {
      return 'nobody has begun its verification';
    }
    const isMade = identity.dkimTokens.every((token) => made.has(token));
    const asked = isMade ? 'records made, SES has not looked yet' : 'SES waits for its DNS records';
    return identity.status === 'SUCCESS' ? VERIFIED : asked;
  };
  return {
    name,
    state,
    isAsked: () => find(name) !== undefined && state() !== VERIFIED,
    makeRecords() {
      const tokens = makeRecords(name) ? (find(name)?.dkimTokens ?? []) : [];
      for (const token of tokens) {
        made.add(token);
      }
    },
  };
}
