import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { bits, boolean, integer, objectId, octets, sequence, set, tagged, text, time } from './der.ts';

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
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));

export function createAuthority(name = 'Sandbox authority'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extensions = [
    extension('2.5.29.19', { isCritical: true, value: sequence(boolean(true)) }),
    // keyCertSign and cRLSign.
    extension('2.5.29.15', { isCritical: true, value: tagged(0x03, Buffer.from([1, 0x06])) }),
  ];
  const own = { subject: name, publicKey: keys.publicKey, extensions };
  return {
    certificate: certify(own, { issuer: name, key: keys.privateKey }),
    issue(names, validity) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const altNames = extension('2.5.29.17', { value: sequence(...names.map(generalName)) });
      const subject = { subject: names[0] ?? '', publicKey, extensions: [altNames], validity };
      return {
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        certificate: certify(subject, { issuer: name, key: keys.privateKey }),
      };
    },
  };
}

interface Subject {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly validity?: Validity | undefined;
}

/** RFC 5280 4.1. @returns PEM. */
function certify(
  { subject, publicKey, extensions, validity = {} }: Subject,
  { issuer, key }: { readonly issuer: string; readonly key: KeyObject },
): string {
  const { from = new Date(Date.now() - DAY_MS), until = new Date(Date.now() + 30 * DAY_MS) } = validity;
  const toBeSigned = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    commonName(issuer),
    sequence(time(from), time(until)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = bits(sign('sha256', toBeSigned, key));
  const lines =
    sequence(toBeSigned, ECDSA_WITH_SHA256, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectId('2.5.4.3'), text(name))));
}

function extension(id: string, { isCritical = false, value }: { isCritical?: boolean; value: Buffer }): Buffer {
  return sequence(objectId(id), ...(isCritical ? [boolean(true)] : []), octets(value));
}

function generalName(name: string): Buffer {
  return isIPv4(name)
    ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
    : tagged(0x82, Buffer.from(name, 'ascii'));
}
