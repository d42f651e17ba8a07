import { X509Certificate } from 'node:crypto';
import { isJavaKeystore, readJavaKeystore } from './read-java-keystore.ts';

/** A certificate of a file. */
export interface FoundCertificate {
  /** In a keystore. */
  readonly alias?: string | undefined;
  readonly certificate: X509Certificate;
}

export interface CertificateFile {
  readonly found: readonly FoundCertificate[];
  /** Why something in it could not be read. */
  readonly note?: string | undefined;
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]{1,100000}?-----END CERTIFICATE-----/g;
/** A file with more is a bundle of authorities and not a chain. */
const LONGEST_CHAIN = 5;
const LOCKED = 'its certificates are encrypted with its password, which msops does not have';

/**
 * What a file says without a password, by its content and not by its name. Authorities that a product merely believes are
 * left out: packs come with a hundred of them, and nothing of ours ends with theirs.
 */
export function readCertificateFile(bytes: Buffer): CertificateFile {
  if (isJavaKeystore(bytes)) {
    return readKeystore(bytes);
  }
  if (isPkcs12(bytes)) {
    return { found: [], note: LOCKED };
  }
  const blocks: readonly (Buffer | string)[] | null = isDer(bytes) ? [bytes] : bytes.toString('latin1').match(PEM);
  if (blocks === null) {
    return { found: [], note: bytes.toString('latin1').startsWith('-----') ? undefined : 'its format is not known' };
  }
  const certificates = blocks.map(parse);
  const read = certificates.flatMap((certificate) => certificate ?? []);
  const shown = read.length > LONGEST_CHAIN ? read.filter((certificate) => !isAuthority(certificate)) : read;
  const note = certificates.length > read.length ? 'a certificate in it cannot be read' : undefined;
  return { found: shown.map((certificate) => ({ certificate })), note };
}

function readKeystore(bytes: Buffer): CertificateFile {
  const { entries, isCut } = readJavaKeystore(bytes);
  const read = entries.map((entry) => ({ ...entry, certificate: parse(entry.certificate) }));
  const found = read.flatMap(({ alias, kind, certificate }) =>
    certificate !== undefined && (kind === 'key' || !isAuthority(certificate)) ? [{ alias, certificate }] : [],
  );
  const isWhole = !isCut && read.every(({ certificate }) => certificate !== undefined);
  return { found, note: isWhole ? undefined : 'a part of it cannot be read' };
}

function parse(certificate: Buffer | string): X509Certificate | undefined {
  try {
    return new X509Certificate(certificate);
  } catch {
    return undefined;
  }
}

/** Old roots say nowhere that they are authorities, but they vouch for themselves. */
function isAuthority({ ca, subject, issuer }: X509Certificate): boolean {
  return ca || subject === issuer;
}

/** A sequence that begins with the version 3 (RFC 7292); a certificate begins with another sequence. */
function isPkcs12(bytes: Buffer): boolean {
  return isDer(bytes) && bytes.subarray(0, 12).includes(Buffer.from([0x02, 0x01, 0x03]));
}

function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30;
}
