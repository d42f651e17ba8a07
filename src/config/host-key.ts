import { quoted } from './config-problem.ts';

/** Whether what follows the type inside a key is whole: the lengths of its parts in bytes. */
const IS_WHOLE: Readonly<Record<string, (parts: readonly Buffer[]) => boolean>> = {
  'ssh-ed25519': ([key, ...rest]) => key?.length === 32 && rest.length === 0,
  'ssh-rsa': ([, modulus, ...rest]) =>
    modulus !== undefined && modulus.length >= SMALLEST_RSA_BYTES && rest.length === 0,
  'ecdsa-sha2-nistp256': (parts) => isPoint(parts, 'nistp256', 65),
  'ecdsa-sha2-nistp384': (parts) => isPoint(parts, 'nistp384', 97),
  'ecdsa-sha2-nistp521': (parts) => isPoint(parts, 'nistp521', 133),
};
/** 2048 bits; anything smaller can be forged. */
const SMALLEST_RSA_BYTES = 256;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** What an OpenSSH public key line holds, or why it is none. */
export type HostKeyLine = { readonly key: string } | { readonly problem: string };

/**
 * Reads `ssh-ed25519 AAAA… comment`, as `ssh-keyscan` prints it after the host's name, and looks inside the key.
 *
 * @returns The key without its comment.
 */
export function readHostKey(line: string): HostKeyLine {
  const [type = '', base64 = ''] = line.trim().split(/\s+/);
  if (!BASE64.test(base64)) {
    return { problem: 'must look like `ssh-ed25519 AAAA…` (ssh-keyscan prints it after the name of the host)' };
  }
  const isWhole = IS_WHOLE[type];
  if (isWhole === undefined) {
    return { problem: `cannot pin a key of type ${quoted(type)}; there is ${Object.keys(IS_WHOLE).join(', ')}` };
  }
  const [innerType, ...parts] = splitBlob(Buffer.from(base64, 'base64')) ?? [];
  if (innerType?.toString('latin1') !== type || !isWhole(parts)) {
    return { problem: `is damaged or shorter than it may be (RSA: 2048 bits); copy the ${type} key again` };
  }
  return { key: `${type} ${base64}` };
}

/** An SSH blob is strings one after the other, each behind its length; `undefined` when the lengths do not add up. */
function splitBlob(blob: Buffer): Buffer[] | undefined {
  const parts: Buffer[] = [];
  let offset = 0;
  while (offset + 4 <= blob.length) {
    const end = offset + 4 + blob.readUInt32BE(offset);
    if (end > blob.length) {
      return undefined;
    }
    parts.push(blob.subarray(offset + 4, end));
    offset = end;
  }
  return offset === blob.length ? parts : undefined;
}

function isPoint(parts: readonly Buffer[], curve: string, bytes: number): boolean {
  return parts[0]?.toString('latin1') === curve && parts[1]?.length === bytes && parts.length === 2;
}
