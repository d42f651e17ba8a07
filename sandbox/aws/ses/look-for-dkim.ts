import { Resolver } from 'node:dns/promises';
import type { DkimError, Identity } from './ses-region.ts';

/** SES looks for three days, then it stops. */
const SEARCH_MS = 72 * 60 * 60_000;

export interface DkimRecord {
  readonly name: string;
  readonly target: string;
}

/** Asks the DNS for one record; `undefined`: it is as it should be. */
export type DkimLookup = (record: DkimRecord) => Promise<DkimError | undefined>;

export function dkimRecords({ name, dkimTokens, signingHostedZone }: Identity): readonly DkimRecord[] {
  return dkimTokens.map((token) => ({ name: `${token}._domainkey.${name}`, target: `${token}.${signingHostedZone}` }));
}

/** Looks once, as SES does again and again until all records are there or the time is over. */
export async function lookForDkim(identity: Identity, lookup: DkimLookup, now: Date): Promise<void> {
  if (identity.status !== 'PENDING' || identity.kind !== 'DOMAIN') {
    return;
  }
  const problems = await Promise.all(dkimRecords(identity).map(lookup));
  identity.checkedAt = now;
  identity.errorType = problems.find((problem) => problem !== undefined);
  if (identity.errorType === undefined) {
    identity.status = 'SUCCESS';
  } else if (now.getTime() - identity.createdAt.getTime() >= SEARCH_MS) {
    identity.status = 'FAILED';
  }
}

/** @param servers `127.0.0.1:5353`. */
export function createDkimLookup(servers: readonly string[]): DkimLookup {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers(servers);
  return async ({ name, target }) => {
    try {
      const found = await resolver.resolveCname(name);
      return found.some((one) => one.toLowerCase() === target.toLowerCase()) ? undefined : 'INVALID_VALUE';
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ENOTFOUND' ? 'HOST_NOT_FOUND' : code === 'ENODATA' ? 'TYPE_NOT_FOUND' : 'DNS_SERVER_ERROR';
    }
  };
}
