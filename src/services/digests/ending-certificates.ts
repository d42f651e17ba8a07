import { areEndsKnown, certificateLevel } from '../../domain/certificate-ends.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { HostCertificates } from '../certificates/ports.ts';
import type { EndingCertificate } from './digest.ts';

/** The first to end first; those that have ended before all others. */
export function endingCertificates(found: readonly HostCertificates[], now: Date): readonly EndingCertificate[] {
  return found
    .flatMap(({ host, certificates }) =>
      certificates.flatMap(({ where, endsAt }) => (endsAt === undefined ? [] : [{ host, where, endsAt }])),
    )
    .filter(({ endsAt }) => certificateLevel(endsAt.getTime() - now.getTime()) !== 'ok')
    .toSorted((one, other) => one.endsAt.getTime() - other.endsAt.getTime());
}

/** Hosts with a product of which nothing is known: never looked at, not lately, or nothing could be read. */
export function uncertifiedHosts(
  { hosts }: Pick<Environment, 'hosts'>,
  found: readonly HostCertificates[],
  now: Date,
): readonly string[] {
  const byHost = new Map(found.map((one) => [one.host, one]));
  return hosts
    .filter(({ name, products }) => products.length > 0 && !isKnown(byHost.get(name), now))
    .map(({ name }) => name);
}

function isKnown(found: HostCertificates | undefined, now: Date): boolean {
  if (found === undefined || !areEndsKnown(found.checkedAt, now)) {
    return false;
  }
  return found.certificates.length === 0 || found.certificates.some(({ endsAt }) => endsAt !== undefined);
}
