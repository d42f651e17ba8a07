import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

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

const OF_NAME = Buffer.from('550403', 'hex');
const OF_ED25519 = Buffer.from('2b6570', 'hex');
const YEAR_MS = 365 * 86_400_000;

/** Ed25519, without extensions. Source: RFC 5280 4.1. */
export function makeCertificate({ subject, issuer = subject, until, from }: CertificateRequest): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const algorithm = sequence(der(0x06, OF_ED25519));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ...[algorithm, name(issuer)],
    sequence(time(from ?? new Date(until.getTime() - YEAR_MS)), time(until)),
    ...[name(subject), publicKey.export({ type: 'spki', format: 'der' })],
  );
  const signature = Buffer.concat([Buffer.from([0]), sign(null, body, privateKey)]);
  const whole = sequence(body, algorithm, der(0x03, signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    der: whole,
    pem: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function name(commonName: string): Buffer {
  return sequence(der(0x31, sequence(der(0x06, OF_NAME), der(0x0c, Buffer.from(commonName)))));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-T:]/g, '').slice(0, 14)}Z`));
}
