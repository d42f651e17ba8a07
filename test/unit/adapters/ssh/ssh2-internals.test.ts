import { KeyObject } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { setImmediate } from 'node:timers/promises';
import ssh2, { type Client, type ClientChannel, type ParsedKey } from 'ssh2';
import { describe, expect, it } from 'vitest';
import { destroySocket, keepKeysParsed, skipHostKeyProofs } from '../../../../src/adapters/ssh/ssh2-internals.ts';
import { CLIENT_KEY, newKey } from '../../../support/ssh-server.ts';
import { anExecutor, aServer, cleanUp, direct, failureOf, SOON } from './ssh-harness.ts';

describe('what we know of the inside of ssh2', () => {
  it('asks OpenSSH to prove its other host keys, unless that is skipped', async () => {
    const port = await anOpenSshLikeServer();
    expect(await proofsAskedAfter(port, () => {})).toBe(1);
    expect(await proofsAskedAfter(port, skipHostKeyProofs)).toBe(0);
  });

  it('has the keys of AES-GCM parsed after each key exchange, and goes on speaking', async () => {
    const host = await aServer();
    const { client } = await aLogin(host.port, keepKeysParsed);
    const { _protocol: protocol } = client as unknown as { readonly _protocol: CipherInternals };
    const keys = () => [protocol._cipher._encKey, protocol._decipher._decipherKey];
    const first = keys();
    expect(first).toEqual([expect.any(KeyObject), expect.any(KeyObject)]);
    protocol.rekey();
    await once(client, 'handshake');
    expect(keys()).toEqual([expect.any(KeyObject), expect.any(KeyObject)]);
    expect(keys()[0]).not.toBe(first[0]);
    const channel = await new Promise<ClientChannel>((resolve, reject) =>
      client.exec('echo hello', (error, opened) => (error ? reject(error) : resolve(opened))),
    );
    const [answer] = await once(channel, 'data');
    expect(`${answer}`).toBe('hello\n');
    client.end();
  });

  it('knows that a banner came before the login was over', async () => {
    const listener = net.createServer((socket) => socket.on('error', () => {}).write('SSH-2.0-OpenSSH_9.2\r\n'));
    await once(listener.listen(0, '127.0.0.1'), 'listening');
    cleanUp(() => listener.close());
    const host = await aServer();
    const target = direct(host.endpoint('app-1', { port: (listener.address() as net.AddressInfo).port }));
    const executor = anExecutor({ limits: { connectTimeoutMs: 200, connectTries: 1 } });
    expect(await failureOf(executor.run(target, ['true'], SOON))).toMatchObject({
      kind: 'connect_timeout',
      detail: 'silent during the login, after 0.2 s',
    });
  });

  it('closes the socket after the good-bye, when the library would not', async () => {
    const host = await aServer();
    const { client } = await aLogin(host.port, () => {});
    const closed = once(client, 'close');
    host.freeze();
    client.end();
    client.destroy();
    expect(await Promise.race([closed, setImmediate('still open')])).toBe('still open');
    destroySocket(client);
    await closed;
  });
});

interface CipherInternals {
  readonly _cipher: { readonly _encKey: unknown };
  readonly _decipher: { readonly _decipherKey: unknown };
  rekey(): void;
}

interface ProtocolInternals {
  readonly _handlers: {
    GLOBAL_REQUEST(protocol: ProtocolInternals, name: string, wantReply: boolean, data: unknown): void;
  };
}

/** Lets the client hear of a second host key, as OpenSSH tells it after each login. */
async function proofsAskedAfter(port: number, prepare: (client: Client) => void): Promise<number> {
  const { client, debugLines } = await aLogin(port, prepare);
  const { _protocol: protocol } = client as unknown as { readonly _protocol: ProtocolInternals };
  const other = ssh2.utils.parseKey(newKey().public) as ParsedKey;
  protocol._handlers.GLOBAL_REQUEST(protocol, 'hostkeys-00@openssh.com', false, [other.getPublicSSH()]);
  client.end();
  return debugLines.filter((line) => line.includes('hostkeys-prove-00@openssh.com')).length;
}

async function aLogin(
  port: number,
  prepare: (client: Client) => void,
): Promise<{ client: Client; debugLines: string[] }> {
  const client = new ssh2.Client();
  const debugLines: string[] = [];
  client.on('error', () => {});
  client.on('handshake', () => prepare(client));
  client.connect({
    host: '127.0.0.1',
    port,
    username: 'ops',
    privateKey: CLIENT_KEY.private,
    hostVerifier: () => true,
    debug: (line) => debugLines.push(line),
  });
  await once(client, 'ready');
  return { client, debugLines };
}

async function anOpenSshLikeServer(): Promise<number> {
  const server = new ssh2.Server({ hostKeys: [newKey().private], ident: 'OpenSSH_9.2p1' }, (client) => {
    client.on('error', () => {});
    client.on('authentication', (context) => context.accept());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp(() => server.close());
  return (server.address() as net.AddressInfo).port;
}
