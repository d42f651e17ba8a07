import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { exec, findHost, forward, openBastion, openHost, runOn } from './ssh-client.ts';

describe('sandbox hosts', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-hosts-'));
  let hosts: RunningHosts;

  beforeAll(async () => {
    hosts = await startHosts({ directory });
  });

  afterAll(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('keeps the generated operator key to its owner', () => {
    expect(statSync(hosts.operatorKeyFile).mode & 0o777).toBe(0o600);
  });

  it('runs real commands with stdout, stderr and an exit code', async () => {
    const answer = await runOn(hosts, 'apim-1', 'hostname; echo wrong >&2; exit 3');
    expect(answer).toEqual({ stdout: 'apim-1\n', stderr: 'wrong\n', exit: [3] });
  });

  it('hands stdin to the command', async () => {
    const { bastion, host } = await openHost(hosts, 'is-1');
    expect((await exec(host, 'tr a-z A-Z', 'spoken')).stdout).toBe('SPOKEN');
    bastion.end();
  });

  it('tells the signal that ended a command', async () => {
    const answer = await runOn(hosts, 'apim-1', 'kill -9 $$');
    expect(answer.exit.slice(0, 2)).toEqual([null, 'SIGKILL']);
  });

  it('ends a hanging command when the client signals it', async () => {
    const { bastion, host } = await openHost(hosts, 'mi-1');
    const exit = await new Promise((resolve, reject) => {
      host.exec('echo begun; sleep 600', (error, channel) => {
        if (error) {
          reject(error);
          return;
        }
        channel.on('data', () => channel.signal('KILL'));
        channel.on('exit', (...how: unknown[]) => resolve(how.slice(0, 2)));
      });
    });
    expect(exit).toEqual([null, 'SIGKILL']);
    bastion.end();
  });

  it('shows the bastion as the source of a connection to a host', async () => {
    const { stdout } = await runOn(hosts, 'mi-1', 'echo "$SSH_CONNECTION"');
    expect(stdout).toMatch(/^10\.20\.0\.2 \d+ 10\.20\.0\.15 22\n$/);
  });

  it('tells on a bastion where the client came from', async () => {
    const bastion = await openBastion(hosts, findHost(hosts, 'apim-1').bastion);
    expect((await exec(bastion, 'echo "$SSH_CONNECTION"')).stdout).toMatch(/^127\.0\.0\.1 \d+ /);
    expect((await exec(bastion, 'true')).exit).toEqual([0]);
    bastion.end();
  });

  it('forwards to the own hosts of a bastion only', async () => {
    const bastion = await openBastion(hosts, findHost(hosts, 'apim-1').bastion);
    for (const address of ['gw-1.globex.internal', '127.0.0.1', 'nowhere.acme.internal']) {
      await expect(forward(bastion, address)).rejects.toMatchObject({ reason: 1 });
    }
    bastion.end();
  });

  it('has a host that refuses connections and one with another key than the pinned one', async () => {
    await expect(openHost(hosts, 'esb-2')).rejects.toMatchObject({ reason: 2, message: /Connection refused/ });
    await expect(openHost(hosts, 'esb-3')).rejects.toThrow('Host denied');
    expect((await runOn(hosts, 'esb-1', 'hostname')).stdout).toBe('esb-1\n');
  });

  // Elsewhere they move when this process writes them.
  it.skipIf(process.platform !== 'linux')('moves its counters while this process has no time for them', () => {
    const root = join(directory, 'acme/apim-2');
    const look = 'cat /proc/stat | head -n 1; sleep 0.1; cat /proc/stat | head -n 1';
    const env = { PATH: `${root}/bin:/usr/bin:/bin`, MSOPS_HOST_ROOT: root };
    const [before, after] = execFileSync('sh', ['-c', look], { env, encoding: 'utf8' }).trim().split('\n');
    expect(before).toMatch(/^cpu {2}\d+ 0 \d+/);
    expect(after).not.toBe(before);
  });
});
