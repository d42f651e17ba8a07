import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { readHostKey } from '../../../src/config/host-key.ts';
import { HOST_KEY } from '../../support/config-file.ts';

/** As ssh2, which made none of our code, writes a public key. */
function publicLine(type: 'rsa' | 'ecdsa' | 'ed25519', bits?: number): string {
  const options = bits === undefined ? undefined : { bits };
  return ssh2.utils.generateKeyPairSync(type as 'rsa', options as { bits: number }).public;
}

describe('readHostKey', () => {
  it.each([
    ['ed25519', () => publicLine('ed25519')],
    ['ecdsa 256', () => publicLine('ecdsa', 256)],
    ['ecdsa 384', () => publicLine('ecdsa', 384)],
    ['ecdsa 521', () => publicLine('ecdsa', 521)],
    ['rsa 2048', () => publicLine('rsa', 2048)],
  ])('takes an %s key', (_name, line) => {
    const key = line().split(' ').slice(0, 2).join(' ');
    expect(readHostKey(key)).toEqual({ key });
  });

  it('leaves out the comment and blanks around', () => {
    expect(readHostKey(`  ${HOST_KEY}   root@host, since 2021\n`)).toEqual({ key: HOST_KEY });
  });

  it('refuses an RSA key that is too short', () => {
    expect(readHostKey(publicLine('rsa', 1024))).toEqual({ problem: expect.stringContaining('2048 bits') });
  });

  it('refuses a key whose words and content are of different kinds', () => {
    const [, base64] = HOST_KEY.split(' ');
    expect(readHostKey(`ssh-rsa ${base64}`)).toEqual({ problem: expect.stringContaining('damaged') });
  });

  it.each([
    ['a fingerprint', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'],
    ['a line of ssh-keyscan with the host in front', `192.0.2.1 ${HOST_KEY}`],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a DSA key', 'ssh-dss AAAAB3NzaC1kc3M='],
    ['a name that every object has', 'constructor AAAA'],
    ['nothing', ''],
    ['lengths that do not add up', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5/////w=='],
  ])('refuses %s', (_what, line) => {
    expect(readHostKey(line)).toEqual({ problem: expect.any(String) });
  });

  it('refuses every key that lost its end', () => {
    for (let length = 1; length < HOST_KEY.length; length += 1) {
      expect(readHostKey(HOST_KEY.slice(0, length))).toHaveProperty('problem');
    }
  });

  it('refuses an elliptic curve under the name of another', () => {
    const line = publicLine('ecdsa', 256).replace('nistp256', 'nistp384');
    expect(readHostKey(line)).toHaveProperty('problem');
  });
});
