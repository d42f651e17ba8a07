import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { bits, integer, objectId, sequence, set, tagged, text, time } from './der.ts';

export interface CertificateSubject {
  /** Common name. */
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly validity: { readonly from: Date; readonly until: Date };
  /** DER, each whole; missing: none. */
  readonly extensions?: readonly Buffer[];
}

export interface CertificateIssuer {
  /** Common name. */
  readonly issuer: string;
  /** Private, on the curve P-256. */
  readonly key: KeyObject;
}

const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));

/** X.509 version 3, with a number of its own. Source: RFC 5280 4.1. */
export function signCertificate(
  { subject, publicKey, validity, extensions = [] }: CertificateSubject,
  { issuer, key }: CertificateIssuer,
): { readonly der: Buffer; readonly pem: string } {
  const toBeSigned = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    commonName(issuer),
    sequence(time(validity.from), time(validity.until)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [tagged(0xa3, sequence(...extensions))]),
  );
  const der = sequence(toBeSigned, ECDSA_WITH_SHA256, bits(sign('sha256', toBeSigned, key)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return { der, pem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n') };
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectId('2.5.4.3'), text(name))));
}
