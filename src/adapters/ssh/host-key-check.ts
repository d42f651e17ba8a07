import { createHash } from 'node:crypto';
import type { ServerHostKeyAlgorithm } from 'ssh2';

/** Compares what a server offers with what is pinned, and remembers the offer for the failure. */
export interface HostKeyCheck {
  /** @param key raw, as on the wire. */
  verify(key: Buffer): boolean;
  /** Why the last `verify` said no: the fingerprints, offered and pinned. */
  problem(): string | undefined;
  /** For the handshake, pinned types first: else a host with several keys offers one that nobody pinned. */
  readonly algorithms: ServerHostKeyAlgorithm[];
}

const ALGORITHMS: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/** @param pinned lines as `ssh-ed25519 AAAA…`. With none, every key is refused. */
export function createHostKeyCheck(pinned: readonly string[]): HostKeyCheck {
  const keys = pinned.map(parsePinnedKey);
  const preferred = keys.flatMap(({ type }) => ALGORITHMS[type] ?? []);
  let problem: string | undefined;

  return {
    algorithms: [...new Set([...preferred, ...Object.values(ALGORITHMS).flat()])],
    verify(offered) {
      const isPinned = keys.some(({ key }) => key.equals(offered));
      const known = keys.map(({ key }) => fingerprintOf(key)).join(' or ') || 'nothing';
      problem = isPinned ? undefined : `offered ${fingerprintOf(offered)}, pinned is ${known}`;
      return isPinned;
    },
    problem: () => problem,
  };
}

/** As `ssh-keygen -lf` prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replaceAll('=', '')}`;
}

function parsePinnedKey(line: string): { readonly type: string; readonly key: Buffer } {
  const [type = '', blob = ''] = line.trim().split(/\s+/);
  return { type, key: Buffer.from(blob, 'base64') };
}
