const MAGIC = { jks: 0xfeedfeed, jceks: 0xcececece } as const;
const KEY = 1;
const TRUSTED = 2;
/** More would be no keystore but a damaged file. */
const MOST_ENTRIES = 10_000;

/** What a keystore shows without its password: keys are encrypted in it, certificates are not. */
export interface KeystoreEntry {
  readonly alias: string;
  /** `key`: the product shows this certificate as its own. `trusted`: it believes those who show it. */
  readonly kind: 'key' | 'trusted';
  /** DER; of a key the end of its chain, which belongs to the key. */
  readonly certificate: Buffer;
}

export interface Keystore {
  readonly entries: readonly KeystoreEntry[];
  /** Something in it could not be read. */
  readonly isCut: boolean;
}

export function isJavaKeystore(bytes: Buffer): boolean {
  return bytes.length >= 12 && Object.values<number>(MAGIC).includes(bytes.readUInt32BE(0));
}

/**
 * Reads Java's formats JKS and JCEKS. Its integrity is not checked, which would need the password.
 * Source: sun.security.provider.JavaKeyStore and com.sun.crypto.provider.JceKeyStore of OpenJDK, `engineLoad`.
 */
export function readJavaKeystore(bytes: Buffer): Keystore {
  const entries: KeystoreEntry[] = [];
  const cursor = createCursor(bytes);
  try {
    cursor.number();
    const version = cursor.number();
    const count = Math.min(cursor.number(), MOST_ENTRIES);
    for (let index = 0; index < count; index += 1) {
      const entry = readEntry(cursor, version);
      entries.push(...(entry ?? []));
      if (entry === undefined) {
        return { entries, isCut: true };
      }
    }
    return { entries, isCut: false };
  } catch {
    return { entries, isCut: true };
  }
}

/** `undefined` for one of unknown length, a secret key: what follows it is out of reach. */
function readEntry(cursor: Cursor, version: number): readonly KeystoreEntry[] | undefined {
  const tag = cursor.number();
  const alias = cursor.text();
  cursor.take(8);
  if (tag === TRUSTED) {
    return [{ alias, kind: 'trusted', certificate: readCertificate(cursor, version) }];
  }
  if (tag !== KEY) {
    return undefined;
  }
  cursor.take(cursor.number());
  const length = cursor.number();
  const chain: Buffer[] = [];
  for (let index = 0; index < length; index += 1) {
    chain.push(readCertificate(cursor, version));
  }
  const [certificate] = chain;
  return certificate === undefined ? [] : [{ alias, kind: 'key', certificate }];
}

function readCertificate(cursor: Cursor, version: number): Buffer {
  if (version === 2) {
    cursor.text();
  }
  return cursor.take(cursor.number());
}

interface Cursor {
  number(): number;
  text(): string;
  /** @throws {RangeError} when there are not so many bytes. */
  take(length: number): Buffer;
}

function createCursor(bytes: Buffer): Cursor {
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) {
      throw new RangeError('The keystore ends too early.');
    }
    at += length;
    return bytes.subarray(at - length, at);
  };
  return {
    take,
    number: () => take(4).readUInt32BE(0),
    text: () => take(take(2).readUInt16BE(0)).toString('utf8'),
  };
}
