import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createHaproxyApi } from '../../../../src/services/rollouts/haproxy-api.ts';
import { anEnvironment } from '../../../support/world.ts';
import { createFakeHaproxy } from './fake-haproxy.ts';
import { createLocalHost, type LocalHost } from './local-host.ts';

const environment = anEnvironment('acme', 'prod', ['lb-1']);
const via = { environment, host: environment.hosts[0]! };
const { signal } = new AbortController();
const ALWAYS = ['sh', 'id', 'timeout', 'cat', 'grep'];

const haproxy = createFakeHaproxy(['gateway/apim-1', 'gateway/apim-2']);
const hosts: LocalHost[] = [];
afterEach(async () => {
  await haproxy.close();
  for (const host of hosts.splice(0)) {
    host.remove();
  }
});

function aHost(programs?: readonly string[]): LocalHost {
  const host = createLocalHost(programs);
  hosts.push(host);
  return host;
}

/** Where it really is: what stands in PATH may be a wrapper that needs more programs. */
function pathOf(program: string): string {
  const ask = program === 'python3' ? 'python3 -c "import sys; print(sys.executable)"' : `command -v ${program}`;
  return spawnSync('/bin/sh', ['-c', ask], { encoding: 'utf8' }).stdout.trim();
}

const WAYS = [
  ...['perl', 'python3', 'socat'].map((program) => ['socket', program] as const),
  ...['bash', 'perl', 'python3', 'socat'].map((program) => ['address', program] as const),
].filter(([, program]) => pathOf(program) !== '');

describe("HAProxy's runtime API", () => {
  it.each(WAYS)('is asked over its %s by %s', async (kind, program) => {
    const host = aHost(ALWAYS);
    host.shim(program, `exec ${pathOf(program)} "$@"`);
    const socket = join(host.home, 'admin.sock');
    const port = await haproxy.listen(kind === 'socket' ? socket : undefined);
    const where = kind === 'socket' ? { socket } : { address: '127.0.0.1', port };
    const api = createHaproxyApi({ via, api: where, executor: host.executor, signal });

    await api.setState('gateway/apim-1', 'drain');
    expect(await api.servers()).toMatchObject([
      { backend: 'gateway', name: 'gateway/apim-1', status: 'DRAIN', weight: 0, open: 0, check: 'L7OK' },
      { name: 'gateway/apim-2', status: 'UP', weight: 1 },
    ]);
    await api.setState('gateway/apim-1', 'ready');
    await expect(api.setState('gateway/nosuch', 'drain')).rejects.toMatchObject({
      message: 'HAProxy on lb-1 refused `set server gateway/nosuch state drain`: No such server.',
      hint: expect.stringContaining('show stat'),
    });
  });
  it('says what to install where nothing can ask', async () => {
    const asked = (api: { socket: string } | { address: string; port: number }) =>
      createHaproxyApi({ via, api, executor: aHost(ALWAYS).executor, signal }).servers();
    await expect(asked({ socket: '/dev/null' })).rejects.toMatchObject({
      message: expect.stringContaining('none of socat, perl, python3, nc is installed'),
      hint: 'Install socat on lb-1.',
    });
    await expect(asked({ address: '127.0.0.1', port: 1 })).rejects.toThrow(/none of bash, perl/);
  });

  it('says that there is no such socket', async () => {
    const api = { socket: '/nowhere/admin.sock' };
    const asked = createHaproxyApi({ via, api, executor: aHost().executor, signal }).servers();
    await expect(asked).rejects.toThrow(/lb-1: exit code 1, there is no socket \/nowhere\/admin\.sock/);
  });

  it('asks as root when the socket is not ours', async () => {
    const host = aHost([...ALWAYS, 'perl']);
    host.shim('id', 'echo 1000');
    host.shim('sudo', 'echo "sudo: a password is required" >&2; exit 1');
    const socket = '/run/hidden/admin.sock';
    const asked = createHaproxyApi({ via, api: { socket }, executor: host.executor, signal }).servers();
    await expect(asked).rejects.toThrow(/a password is required/);
  });

  it('takes nothing for a name that could be another command', async () => {
    const api = createHaproxyApi({ via, api: { socket: '/x' }, executor: aHost().executor, signal });
    await expect(api.setState('a/b state ready; shutdown sessions server a/b', 'drain')).rejects.toThrow(TypeError);
  });
});
