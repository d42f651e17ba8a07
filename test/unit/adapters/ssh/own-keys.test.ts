import { generateKeyPairSync } from 'node:crypto';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { ownPublicKeys } from '../../../../src/adapters/ssh/own-keys.ts';
import { Secret } from '../../../../src/domain/secret.ts';

describe('ownPublicKeys', () => {
  it('names the public half of the key that the bot logs in with, and never the private one', async () => {
    const keys = ssh2.utils.generateKeyPairSync('ed25519');
    const found = await ownPublicKeys({ privateKey: new Secret(keys.private) });
    expect(found).toEqual([keys.public.split(' ').slice(0, 2).join(' ')]);
  });

  it('knows keys in PEM too', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    expect((await ownPublicKeys({ privateKey: new Secret(pem) }))[0]).toMatch(/^ssh-rsa AAAA/);
  });

  it('says what the agent says when there is none', async () => {
    await expect(ownPublicKeys({ agentSocket: '/nowhere/agent.sock' })).rejects.toThrow(/connect|agent/i);
  });
});
