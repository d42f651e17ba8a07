import { generateKeyPairSync } from 'node:crypto';
import { signCertificate } from '../certificates/sign-certificate.ts';

/** A certificate made on the spot; nobody vouches for it. */
export interface MadeCertificate {
  readonly der: Buffer;
  readonly pem: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
}

export interface CertificateRequest {
  /** Common name. */
  readonly subject: string;
  /** Common name; missing: it vouches for itself. */
  readonly issuer?: string;
  readonly until: Date;
  readonly from?: Date;
}

const YEAR_MS = 365 * 86_400_000;

/** Without extensions, and signed with its own key whatever the issuer. */
export function makeCertificate({ subject, issuer = subject, until, from }: CertificateRequest): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const validity = { from: from ?? new Date(until.getTime() - YEAR_MS), until };
  return {
    ...signCertificate({ subject, publicKey, validity }, { issuer, key: privateKey }),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}
