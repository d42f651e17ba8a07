import ssh2, { type ParsedKey } from 'ssh2';

/** An ed25519 key pair made for this run. */
export interface KeyPair {
  /** OpenSSH private key, PEM. */
  readonly privatePem: string;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly publicLine: string;
  readonly parsed: ParsedKey;
}

export function generateKeyPair(): KeyPair {
  const pair = ssh2.utils.generateKeyPairSync('ed25519');
  const parsed = ssh2.utils.parseKey(pair.private);
  // The library now and then writes a key that it cannot read back; another one is as good.
  if (parsed instanceof Error || Array.isArray(parsed)) {
    return generateKeyPair();
  }
  return { privatePem: pair.private, publicLine: pair.public.split(' ').slice(0, 2).join(' '), parsed };
}
