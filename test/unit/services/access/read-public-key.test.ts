import { generateKeyPairSync } from 'node:crypto';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { readPublicKey } from '../../../../src/services/access/read-public-key.ts';

const { generateKeyPairSync: generate } = ssh2.utils;
const ED25519 = generate('ed25519').public;
const RSA_2048 = generate('rsa', { bits: 2048 });
const RSA_3072 = generate('rsa', { bits: 3072 });

function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
const line = (type: string, ...parts: readonly (string | Buffer)[]) =>
  `${type} ${Buffer.concat(parts.map(text)).toString('base64')}`;
const problemOf = (pasted: string) => {
  const read = readPublicKey(pasted);
  return 'problem' in read ? read.problem : `took ${read.key}`;
};

describe('readPublicKey', () => {
  it.each([
    ['ssh-ed25519', ED25519],
    ['ssh-rsa of 3072 bits', RSA_3072.public],
    ['ecdsa-sha2-nistp256', generate('ecdsa', { bits: 256 }).public],
    ['ecdsa-sha2-nistp384', generate('ecdsa', { bits: 384 }).public],
    ['ecdsa-sha2-nistp521', generate('ecdsa', { bits: 521 }).public],
    [
      'sk-ssh-ed25519@openssh.com',
      line('sk-ssh-ed25519@openssh.com', 'sk-ssh-ed25519@openssh.com', Buffer.alloc(32, 7), 'ssh:'),
    ],
  ])('takes %s and drops its comment', (_type, key) => {
    const bare = key.split(' ').slice(0, 2).join(' ');
    expect(readPublicKey(`  ${bare}   dana@laptop and more\n`)).toEqual({ key: bare });
  });

  it.each([
    ['OpenSSH', generate('ed25519').private],
    ['OpenSSH on one line', generate('ed25519').private.replaceAll('\n', ' ')],
    ['OpenSSH without its frame', generate('ed25519').private.split('\n').slice(1, -2).join('')],
    [
      'PEM',
      generateKeyPairSync('rsa', {
        modulusLength: 2048,
        privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
        publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
      }).privateKey,
    ],
    ['PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\nAAAA'],
    ['behind a public one', `${ED25519}\n${generate('ed25519').private}`],
  ])('says that a private key (%s) is burnt, and does not repeat it', (_kind, key) => {
    expect(problemOf(key)).toContain('It is burnt now');
    for (const part of key.split(/\s+/).filter((word) => word.length > 30)) {
      expect(problemOf(key)).not.toContain(part);
    }
  });

  it.each([
    ['nothing', '', 'no SSH public key'],
    ['a file name', '~/.ssh/id_ed25519.pub', 'no SSH public key'],
    ['two lines', `${ED25519}\n${ED25519}`, 'is one line'],
    ['options before it', `restrict ${ED25519}`, 'Nothing may stand before'],
    ['a command before it', `command="rm -rf /",pty ${ED25519}`, 'Nothing may stand before'],
    ['options joined by a comma', `pty,${ED25519}`, 'Nothing may stand before'],
    ['a name of every object', 'constructor AAAA', 'no SSH public key'],
    ['DSA', line('ssh-dss', 'ssh-dss', Buffer.alloc(129)), 'no SSH public key'],
    [
      'a certificate',
      line('ssh-ed25519-cert-v01@openssh.com', 'ssh-ed25519-cert-v01@openssh.com'),
      'no SSH public key',
    ],
    ['RSA of 2048 bits', RSA_2048.public, 'this one has 2048'],
    ['another type inside', `ssh-rsa ${ED25519.split(' ')[1]}`, 'does not fit its type'],
    ['a key that was cut', ED25519.slice(0, 60), 'damaged'],
    ['a key with a letter too many', `${ED25519.split(' ').slice(0, 2).join(' ')}A`, 'damaged'],
    ['base64 of another alphabet', ED25519.replace(/.{8}$/, '-_-_-_-_'), 'damaged'],
    ['31 bytes', line('ssh-ed25519', 'ssh-ed25519', Buffer.alloc(31)), 'does not fit its type'],
    ['more behind the key', line('ssh-ed25519', 'ssh-ed25519', Buffer.alloc(32), 'x'), 'does not fit its type'],
    [
      'a negative modulus',
      line('ssh-rsa', 'ssh-rsa', Buffer.from([3]), Buffer.alloc(512, 0xff)),
      'does not fit its type',
    ],
    ['no modulus', line('ssh-rsa', 'ssh-rsa', Buffer.from([3])), 'does not fit its type'],
    [
      'a compressed point',
      line('ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256', 'nistp256', Buffer.alloc(65, 2)),
      'does not fit its type',
    ],
    ['a megabyte', `ssh-rsa ${'A'.repeat(1_000_000)}`, 'is one line'],
  ])('refuses %s, and does not repeat it', (_what, pasted, words) => {
    expect(problemOf(pasted)).toContain(words);
    expect(pasted.length > 30 && problemOf(pasted).includes(pasted.slice(0, 40))).toBe(false);
  });
});
