import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../../src/adapters/ssh/host-key-check.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { closedPort } from '../../../support/silent-server.ts';
import { newKey } from '../../../support/ssh-server.ts';
import { anExecutor, aServer, aSilentPort, behind, direct, failureOf, SOON } from './ssh-harness.ts';

const fingerprint = (line: string): string => fingerprintOf(Buffer.from(line.split(' ')[1] ?? '', 'base64'));
const QUICK = { connectTimeoutMs: 300, forwardTimeoutMs: 300, retryBaseMs: 1, retryWindowMs: 250 };

describe('a failure on the way', () => {
  it('names the bastion that refuses the connection', async () => {
    const host = await aServer();
    const port = await closedPort();
    const target = behind(host.endpoint('bastion', { port }), host.endpoint('app-1'));
    expect(await failureOf(anExecutor({ limits: QUICK }).run(target, ['true'], SOON))).toEqual({
      kind: 'connection_refused',
      hop: 'bastion',
      role: 'bastion',
      address: `127.0.0.1:${port}`,
      detail: undefined,
    });
  });

  it('names the host that refuses the connection behind a good bastion', async () => {
    const bastion = await aServer();
    const target = behind(bastion.endpoint('bastion'), bastion.endpoint('app-1', { port: await closedPort() }));
    expect(await failureOf(anExecutor({ limits: QUICK }).run(target, ['true'], SOON))).toMatchObject({
      kind: 'connection_refused',
      hop: 'app-1',
      role: 'host',
    });
  });

  it.each([
    { failure: { reason: 1, description: 'open failed' }, kind: 'forwarding_denied', hop: 'bastion', role: 'bastion' },
    { failure: { reason: 2, description: 'open failed' }, kind: 'too_many_sessions', hop: 'bastion', role: 'bastion' },
    { failure: { reason: 4, description: '' }, kind: 'too_many_sessions', hop: 'bastion', role: 'bastion' },
    { failure: { reason: 2, description: 'No route to host' }, kind: 'no_route', hop: 'app-1', role: 'host' },
    {
      failure: { reason: 2, description: 'Connection timed out' },
      kind: 'connect_timeout',
      hop: 'app-1',
      role: 'host',
    },
    {
      failure: { reason: 2, description: 'Name or service not known' },
      kind: 'name_not_found',
      hop: 'app-1',
      role: 'host',
    },
  ])(
    'tells $kind from the bastion answering "$failure.description" ($failure.reason)',
    async ({ failure, ...facts }) => {
      const bastion = await aServer({ forward: failure });
      const target = behind(bastion.endpoint('bastion'), bastion.endpoint('app-1'));
      expect(await failureOf(anExecutor({ limits: QUICK }).run(target, ['true'], SOON))).toMatchObject(facts);
    },
  );

  it('gives up on a bastion that never says whether it reached the host', async () => {
    const bastion = await aServer({ forward: 'ignore' });
    const executor = anExecutor({ limits: QUICK });
    const target = behind(bastion.endpoint('bastion'), bastion.endpoint('app-1'));
    expect(await failureOf(executor.run(target, ['true'], SOON))).toMatchObject({
      kind: 'connect_timeout',
      hop: 'app-1',
      detail: 'no answer through the bastion after 0.3 s',
    });
    expect(executor.stats().channels).toBeGreaterThan(0); // The unanswered channel still counts against the bastion.
  });

  it('names the hop that refuses the login', async () => {
    const [bastion, host] = await Promise.all([aServer(), aServer({ refuseLogins: true })]);
    const executor = anExecutor({ limits: QUICK });
    const target = behind(bastion.endpoint('bastion'), host.endpoint('app-1'));
    const failure = { kind: 'authentication_failed', hop: 'app-1', role: 'host' };
    expect(await failureOf(executor.run(target, ['true'], SOON))).toMatchObject(failure);
    bastion.script.refuseLogins = true;
    bastion.dropAll();
    expect(await failureOf(anExecutor().run(target, ['true'], SOON))).toMatchObject({
      kind: 'authentication_failed',
      hop: 'bastion',
      role: 'bastion',
    });
  });

  it('knocks once a call, and no more for some minutes after two refused logins', async () => {
    const host = await aServer({ refuseLogins: true });
    const executor = anExecutor();
    const target = direct(host.endpoint('app-1'));
    for (let call = 0; call < 5; call += 1) {
      expect(await failureOf(executor.run(target, ['true'], SOON))).toMatchObject({ kind: 'authentication_failed' });
    }
    expect(host.counts.connections).toBe(2);
    expect((await failureOf(executor.run(target, ['true'], SOON))).detail).toMatch(
      /^refused 2 times in a row, not tried again before \d\d:\d\d:\d\d UTC$/,
    );
  });

  it('knocks again when the time is over, and forgets refusals after a login', async () => {
    const host = await aServer({ refuseLogins: true });
    const executor = anExecutor({ limits: { authenticationBackOffMs: 0, idleMs: 0 } });
    const target = direct(host.endpoint('app-1'));
    await failureOf(executor.run(target, ['true'], SOON));
    await failureOf(executor.run(target, ['true'], SOON));
    host.script.refuseLogins = false;
    expect((await executor.run(target, ['echo', 'in'], SOON)).stdout).toBe('in\n');
  });

  it('refuses a host key that is not pinned, and shows both fingerprints', async () => {
    const host = await aServer();
    const pinned = newKey().public;
    const failure = await failureOf(
      anExecutor().run(direct(host.endpoint('app-1', { hostKeys: [pinned] })), ['true'], SOON),
    );
    expect(failure).toMatchObject({ kind: 'host_key_changed', hop: 'app-1', role: 'host' });
    expect(failure.detail).toBe(`offered ${fingerprint(host.hostKey)}, pinned is ${fingerprint(pinned)}`);
    expect(host.counts).toMatchObject({ connections: 1, tries: 0 });
  });

  it('refuses every host key when none is pinned', async () => {
    const host = await aServer();
    const target = direct(host.endpoint('app-1', { hostKeys: [] }));
    expect(await failureOf(anExecutor().run(target, ['true'], SOON))).toMatchObject({
      kind: 'host_key_changed',
      detail: `offered ${fingerprint(host.hostKey)}, pinned is nothing`,
    });
  });

  it("checks the bastion's key too", async () => {
    const host = await aServer();
    const bastion = host.endpoint('bastion', { hostKeys: [newKey().public] });
    expect(await failureOf(anExecutor().run(behind(bastion, host.endpoint('app-1')), ['true'], SOON))).toMatchObject({
      kind: 'host_key_changed',
      hop: 'bastion',
      role: 'bastion',
    });
  });

  it('tells a port that says nothing from one that does not answer', async () => {
    const host = await aServer();
    const executor = anExecutor({ limits: QUICK });
    const silent = host.endpoint('app-1', { port: await aSilentPort() });
    expect(await failureOf(executor.run(direct(silent), ['true'], SOON))).toMatchObject({ kind: 'no_ssh_banner' });
    expect(await failureOf(executor.run(behind(host.endpoint('bastion'), silent), ['true'], SOON))).toMatchObject({
      kind: 'no_ssh_banner',
      hop: 'app-1',
      detail: 'after 0.3 s',
    });
  });

  // The empty label is refused before any DNS server is asked.
  it('says that a name is not found', async () => {
    const host = await aServer();
    const target = direct(host.endpoint('app-1', { address: 'app..invalid' }));
    expect(await failureOf(anExecutor({ limits: QUICK }).run(target, ['true'], SOON))).toMatchObject({
      kind: 'name_not_found',
      address: `app..invalid:${host.port}`,
    });
  });

  it('says that the connection was dropped before the login, after some more tries', async () => {
    const host = await aServer();
    const executor = anExecutor({ limits: { retryBaseMs: 1, retryWindowMs: 20_000 } });
    const dropping = setInterval(() => host.dropAll(), 1);
    const failure = await failureOf(executor.run(direct(host.endpoint('app-1')), ['true'], SOON));
    clearInterval(dropping);
    expect(failure.kind).toBe('connection_lost');
    expect(failure.detail).toMatch(/^closed before the login/);
    expect(host.counts.connections).toBe(4);
  });

  it('says what is wrong when the server speaks no common algorithm', async () => {
    const host = await aServer();
    const old = new ssh2.Server(
      { hostKeys: [newKey().private], algorithms: { kex: ['diffie-hellman-group14-sha1'] } },
      (client) => client.on('error', () => {}),
    );
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    const target = direct(host.endpoint('app-1', { port: (old.address() as { port: number }).port }));
    const failure = await failureOf(anExecutor({ limits: QUICK }).run(target, ['true'], SOON));
    old.close();
    expect(failure).toMatchObject({ kind: 'protocol_error', detail: expect.stringContaining('key exchange') });
  });

  it('says that a host refuses to run commands', async () => {
    const host = await aServer();
    const server = new ssh2.Server({ hostKeys: [newKey().private] }, (client) => {
      client.on('error', () => {});
      client.on('authentication', (context) => context.accept());
      client.on('session', (accept) => accept().on('exec', (_accept, reject) => reject()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const key = await keyOf(port);
    const executor = anExecutor();
    const target = direct(host.endpoint('app-1', { port, hostKeys: [key] }));
    const failure = await failureOf(executor.run(target, ['true'], SOON));
    executor.close();
    server.close();
    expect(failure).toMatchObject({ kind: 'protocol_error', detail: expect.stringContaining('refuses to run') });
  });

  it('explains an ssh-agent that is not there', async () => {
    const host = await aServer();
    const executor = anExecutor({ auth: { agentSocket: '/nonexistent/agent.sock' } });
    const failure = await failureOf(executor.run(direct(host.endpoint('app-1')), ['true'], SOON));
    expect(failure).toMatchObject({ kind: 'authentication_failed', detail: expect.stringMatching(/^the ssh-agent /) });
  });

  it('never holds the private key', async () => {
    const { private: secret } = newKey();
    const host = await aServer();
    const executor = anExecutor({ auth: { privateKey: new Secret(secret) } });
    const error = await executor.run(direct(host.endpoint('app-1')), ['true'], SOON).catch((caught: unknown) => caught);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret.slice(60, 100));
  });
});

/** The key that a server offers, learned by being refused. */
async function keyOf(port: number): Promise<string> {
  const client = new ssh2.Client();
  return new Promise((resolve) => {
    client.on('error', () => {});
    client.connect({
      host: '127.0.0.1',
      port,
      username: 'nobody',
      hostVerifier: (key: Buffer) => {
        resolve(`ssh-ed25519 ${key.toString('base64')}`);
        return false;
      },
    });
  });
}
