import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isInCidrs } from '../../domain/cidr.ts';

/** RFC 1122, 1918, 6598, 4193 and 4291: what a tunnel or the own network leads to. */
const PRIVATE = [
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
  ...['::1/128', 'fc00::/7', 'fe80::/10'],
];

/** A name or address that is on the internet, where plain http would show what is said. */
export class NotPrivateError extends Error {
  override name = 'NotPrivateError';

  constructor(address: string) {
    super(`${address} is not a private address`);
  }
}

export function isPrivateAddress(address: string): boolean {
  return isInCidrs(address, PRIVATE);
}

/** Finds addresses like Node itself, and refuses a name with one that is not private. */
export const privateLookup: LookupFunction = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    const elsewhere = error ? undefined : found.find(({ address }) => !isPrivateAddress(address));
    const [first] = error ? [] : found;
    if (error || elsewhere !== undefined || first === undefined) {
      done(error ?? new NotPrivateError(elsewhere?.address ?? name), '', 0);
    } else if (options.all) {
      done(null, found);
    } else {
      done(null, first.address, first.family);
    }
  });
};
