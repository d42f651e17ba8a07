import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningHosts, startHosts } from '../../../../sandbox/hosts/start-hosts.ts';
import { exec, findHost, openBastion, openHost, runOn } from './ssh-client.ts';

const HEALTH =
  "curl -sk -o /dev/null -w '%{http_code}' https://localhost:9443/api/am/gateway/v2/server-startup-healthcheck";

describe('control of the sandbox world', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-control-'));
  let hosts: RunningHosts;

  beforeAll(async () => {
    hosts = await startHosts({ directory });
  });

  afterEach(async () => {
    hosts.control.host('apim-1').heal();
    await hosts.control.bastion('acme-bastion').heal();
  });

  afterAll(async () => {
    await hosts.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('fills a disk', async () => {
    hosts.control.host('apim-1').fillDisk(97);
    expect((await runOn(hosts, 'apim-1', 'df -P -k /var/log | tail -n 1')).stdout).toMatch(/ 97% \/var\n$/);
  });

  it('stops a product: no process, no counters, no answer', async () => {
    hosts.control.host('apim-1').stopProduct();
    const { stdout } = await runOn(hosts, 'apim-1', `pgrep -f carbon; ls $MSOPS_HOST_ROOT/tmp; ${HEALTH}; echo " $?"`);
    expect(stdout).toBe('000 7\n');
  });

  it('makes a product say that it is unwell, and well again when healed', async () => {
    hosts.control.host('apim-1').unhealthy();
    expect((await runOn(hosts, 'apim-1', HEALTH)).stdout).toBe('500');
    hosts.control.host('apim-1').heal();
    expect((await runOn(hosts, 'apim-1', HEALTH)).stdout).toBe('200');
  });

  it('freezes a host: an open connection gets no answer until it is healed', async () => {
    const { bastion, host } = await openHost(hosts, 'apim-1');
    hosts.control.host('apim-1').hang();
    let isAnswered = false;
    const answer = exec(host, 'hostname').then(({ stdout }) => {
      isAnswered = true;
      return stdout;
    });
    expect((await runOn(hosts, 'apim-2', 'hostname')).stdout).toBe('apim-2\n');
    expect(isAnswered).toBe(false);
    hosts.control.host('apim-1').heal();
    expect(await answer).toBe('apim-1\n');
    bastion.end();
  });

  it('closes the port of a host and drops who is in', async () => {
    const { bastion, host } = await openHost(hosts, 'apim-1');
    const closed = new Promise<void>((resolve) => host.on('close', () => resolve()));
    hosts.control.host('apim-1').refuse();
    await closed;
    await expect(openHost(hosts, 'apim-1')).rejects.toMatchObject({ reason: 2 });
    bastion.end();
  });

  it('changes a host key', async () => {
    hosts.control.host('apim-1').changeHostKey();
    await expect(openHost(hosts, 'apim-1')).rejects.toThrow('Host denied');
  });

  it('slows a host down', async () => {
    hosts.control.host('apim-1').slow(10);
    const begun = performance.now();
    await runOn(hosts, 'apim-1', 'true');
    expect(performance.now() - begun).toBeGreaterThan(100);
  });

  it('stops a bastion and starts it on the same port', async () => {
    const { bastion } = findHost(hosts, 'apim-1');
    await hosts.control.bastion('acme-bastion').stop();
    await expect(openBastion(hosts, bastion)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await hosts.control.bastion('acme-bastion').start();
    expect((await runOn(hosts, 'apim-1', 'hostname')).stdout).toBe('apim-1\n');
  });

  it('denies forwarding with the reason that OpenSSH gives', async () => {
    hosts.control.bastion('acme-bastion').denyForwarding();
    await expect(openHost(hosts, 'apim-1')).rejects.toMatchObject({ reason: 1, message: /open failed/ });
  });

  it('refuses the operator at the bastion', async () => {
    hosts.control.bastion('acme-bastion').refuseAuthentication();
    await expect(openHost(hosts, 'apim-1')).rejects.toMatchObject({ level: 'client-authentication' });
  });

  it('names what there is when a name is wrong', () => {
    expect(() => hosts.control.host('apim-9')).toThrow('There are: apim-1, apim-2');
  });
});
