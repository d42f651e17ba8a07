import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ssh2, { type ParsedKey } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { createAuthMethods } from '../../../../src/adapters/ssh/ssh-auth.ts';
import { SetupError } from '../../../../src/domain/errors.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { CLIENT_KEY, newKey } from '../../../support/ssh-server.ts';
import { anExecutor, aServer, cleanUp, direct, SOON } from './ssh-harness.ts';

const encrypted = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'sesame', cipher: 'aes256-ctr', rounds: 1 });

describe('createAuthMethods', () => {
  it('parses the key once, so that no login has to decrypt it', () => {
    const methods = createAuthMethods({ privateKey: new Secret(encrypted.private), passphrase: new Secret('sesame') });
    const [first] = methods('ops');
    const [second] = methods('root');
    expect(first).toMatchObject({ type: 'publickey', username: 'ops' });
    expect(second).toMatchObject({ username: 'root' });
    expect((first as { key: unknown }).key).toBe((second as { key: unknown }).key);
  });

  it('tries the agent after the key', () => {
    const methods = createAuthMethods({ privateKey: new Secret(newKey().private), agentSocket: '/run/agent.sock' });
    expect(methods('ops').map(({ type }) => type)).toEqual(['publickey', 'agent']);
  });

  it.each([
    [
      'an encrypted key without a passphrase',
      { privateKey: encrypted.private },
      /encrypted: set SSH_PRIVATE_KEY_PASSPHRASE/,
    ],
    ['a wrong passphrase', { privateKey: encrypted.private, passphrase: 'wrong' }, /not its passphrase/],
    ['something that is no key', { privateKey: 'hello' }, /cannot be read .* ssh-keygen/],
    ['a public key', { privateKey: newKey().public }, /holds a public key/],
    ['nothing at all', {}, /set SSH_PRIVATE_KEY_FILE or SSH_AUTH_SOCK/],
  ])('refuses %s and says what to do', (_what, given: { privateKey?: string; passphrase?: string }, message) => {
    const secret = (value: string | undefined): Secret | undefined =>
      value === undefined ? undefined : new Secret(value);
    const create = () =>
      createAuthMethods({ privateKey: secret(given.privateKey), passphrase: secret(given.passphrase) });
    expect(create).toThrow(SetupError);
    expect(create).toThrow(message);
  });

  it('logs in with a key that only an ssh-agent holds', async () => {
    const host = await aServer();
    const executor = anExecutor({ auth: { agentSocket: await anAgent(CLIENT_KEY.private) } });
    expect((await executor.run(direct(host.endpoint('app-1')), ['echo', 'in'], SOON)).stdout).toBe('in\n');
  });
});

/** An ssh-agent that holds one key. */
async function anAgent(privateKey: string): Promise<string> {
  const key = ssh2.utils.parseKey(privateKey) as ParsedKey;
  const folder = await mkdtemp(path.join(tmpdir(), 'msops-agent-'));
  const socketPath = path.join(folder, 'agent.sock');
  const server = net.createServer((socket) => {
    const agent = new ssh2.AgentProtocol(false);
    agent.on('identities', (request) => agent.getIdentitiesReply(request, [key]));
    agent.on('sign', (request, _key, data) => agent.signReply(request, key.sign(data) as unknown as Buffer));
    socket.pipe(agent).pipe(socket);
  });
  await once(server.listen(socketPath), 'listening');
  cleanUp(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  return socketPath;
}
