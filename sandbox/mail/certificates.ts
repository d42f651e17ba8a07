import { generateKeyPairSync } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { boolean, objectId, octets, sequence, tagged } from '../certificates/der.ts';
import { signCertificate } from '../certificates/sign-certificate.ts';

/** PEM. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

/** Signs certificates for servers of the sandbox and of tests. New each time; nothing outside trusts it. */
export interface Authority {
  /** PEM, for whoever is to trust it. */
  readonly certificate: string;
  /** @param names DNS names and IPv4 addresses; at least one. */
  issue(names: readonly string[], validity?: Validity): Certificate;
}

export interface Validity {
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

const DAY_MS = 86_400_000;

export function createAuthority(name = 'Sandbox authority'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = [
    extension('2.5.29.19', { isCritical: true, value: sequence(boolean(true)) }),
    // keyCertSign and cRLSign.
    extension('2.5.29.15', { isCritical: true, value: tagged(0x03, Buffer.from([1, 0x06])) }),
  ];
  const issuer = { issuer: name, key: keys.privateKey };
  const own = { subject: name, publicKey: keys.publicKey, extensions, validity: validityOf() };
  return {
    certificate: signCertificate(own, issuer).pem,
    issue(names, validity) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const altNames = extension('2.5.29.17', { value: sequence(...names.map(generalName)) });
      const subject = { subject: names[0] ?? '', publicKey, extensions: [altNames], validity: validityOf(validity) };
      return {
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        certificate: signCertificate(subject, issuer).pem,
      };
    },
  };
}

function validityOf({ from, until }: Validity = {}) {
  return { from: from ?? new Date(Date.now() - DAY_MS), until: until ?? new Date(Date.now() + 30 * DAY_MS) };
}

function extension(id: string, { isCritical = false, value }: { isCritical?: boolean; value: Buffer }): Buffer {
  return sequence(objectId(id), ...(isCritical ? [boolean(true)] : []), octets(value));
}

function generalName(name: string): Buffer {
  return isIPv4(name)
    ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
    : tagged(0x82, Buffer.from(name, 'ascii'));
}
