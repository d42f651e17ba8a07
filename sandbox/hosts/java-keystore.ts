import { createHash } from 'node:crypto';

export interface KeystoreContent {
  readonly alias: string;
  readonly certificate: Buffer;
  /** Of its private key, encrypted; missing: the certificate is merely believed. */
  readonly encryptedKey?: Buffer;
}

/** A keystore in Java's format JKS, version 2. Source: sun.security.provider.JavaKeyStore of OpenJDK, `engineStore`. */
export function javaKeystore(content: readonly KeystoreContent[], password: string): Buffer {
  const head = [0xfeedfeed, 2, content.length].map(number);
  const body = Buffer.concat([...head, ...content.map(entry)]);
  const seal = createHash('sha1').update(Buffer.from(password, 'utf16le').swap16()).update('Mighty Aphrodite');
  return Buffer.concat([body, seal.update(body).digest()]);
}

function entry({ alias, certificate, encryptedKey }: KeystoreContent): Buffer {
  const key = encryptedKey === undefined ? [] : [number(encryptedKey.length), encryptedKey, number(1)];
  const created = Buffer.alloc(8);
  const tag = number(encryptedKey === undefined ? 2 : 1);
  return Buffer.concat([tag, text(alias), created, ...key, text('X.509'), number(certificate.length), certificate]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
