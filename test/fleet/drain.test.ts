import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import type { Environment } from '../../src/domain/inventory.ts';
import { checkHost, HOST_CHECK_LIMITS } from '../../src/services/hosts/check-host.ts';
import { createHealthGate } from '../../src/services/rollouts/health-gate.ts';
import type { HostInEnvironment } from '../../src/services/rollouts/host-operations.ts';
import { createTrafficControl } from '../../src/services/rollouts/traffic-control.ts';
import { until } from '../support/until.ts';
import { addressOf, exec, fault, heal, shell } from './fleet.ts';
import {
  BALANCED,
  BALANCER,
  balancedEnvironment,
  READ_ONLY_SOCKET,
  show,
  startAsking,
  startHaproxy,
  stopAsking,
  TCP_PORT,
} from './haproxy.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

const { signal } = new AbortController();
let executor: SshExecutor;

beforeAll(async () => {
  executor = openExecutor();
  await startHaproxy();
  await bothUp();
});
afterEach(async () => {
  await heal(...BALANCED);
  await show('set server gw/a1 state ready; set server gw/a2 state ready');
  await bothUp();
});
afterAll(async () => {
  executor.close();
  await exec(BALANCER, 'service', 'haproxy', 'stop');
});

const bothUp = () =>
  until('both servers', async () => (await show('show stat -1 4 -1')).match(/^gw,a\d,.*,UP,/gm)?.length === 2, 60_000);

function inEnvironment(name: string, environment: Environment = balancedEnvironment()): HostInEnvironment {
  return { environment, host: environment.hosts.find((host) => host.name === name)! };
}

const traffic = () => createTrafficControl({ executor, clock: systemClock, logger: silentLogger });
const drain = (name: string, environment?: Environment) => traffic().drain(inEnvironment(name, environment), signal);
const ready = (name: string, environment?: Environment) => traffic().ready(inEnvironment(name, environment), signal);

describe('HAProxy in front of two products', () => {
  it('loses no request while each is taken out, restarted and put back', async () => {
    const deps = { executor, clock: systemClock, limits: HOST_CHECK_LIMITS, logger: silentLogger };
    const gate = createHealthGate({
      clock: systemClock,
      checkHost: ({ host, environment }) => checkHost(host, environment.accessPath, deps),
    });
    await Promise.all(BALANCED.map((name) => fault(name, 'product', 'slow?ms=100')));
    await startAsking();
    for (const name of BALANCED) {
      expect(await drain(name)).toEqual({ ok: true, note: `gw/${name} drained` });
      await exec(name, 'service', 'wso2is', 'restart');
      expect(await gate.waitUntilHealthy(inEnvironment(name), { deadlineMs: 60_000, signal })).toEqual({
        healthy: true,
      });
      expect(await ready(name)).toEqual({ ok: true, note: `gw/${name} ready` });
    }
    const answers = await stopAsking();
    expect(Object.keys(answers)).toEqual(['200']);
    expect(answers[200]).toBeGreaterThan(50);
  });

  it('is lost without draining, so the test above proves something', async () => {
    await startAsking();
    await shell('a1', 'pkill -KILL java');
    await until('HAProxy to see it', async () => /^gw,a1,.*,DOWN/m.test(await show('show stat -1 4 -1')), 30_000);
    const answers = await stopAsking();
    await exec('a1', 'service', 'wso2is', 'restart');
    expect(Object.keys(answers).length).toBeGreaterThan(1);
  });

  it('never takes out the last one', async () => {
    expect(await drain('a1')).toMatchObject({ ok: true });
    expect(await drain('a2')).toMatchObject({ ok: false, reason: 'It would take out the last server of backend gw.' });
    expect(await show('show stat -1 4 -1')).toMatch(/^gw,a2,.*,UP,/m);
    expect(await ready('a1')).toMatchObject({ ok: true });
    expect(await drain('a2')).toMatchObject({ ok: true });
  });

  it('says how many connections did not end', async () => {
    await fault('a1', 'product', 'slow?ms=15000');
    const url = `http://${addressOf(BALANCER)}:8080/services/Version`;
    await shell('bastion', `for n in 1 2; do curl -s -m 30 ${url} </dev/null >/dev/null 2>&1 & done`);
    await until('a request on a1', async () => /^gw,a1,0,\d*,[1-9]/m.test(await show('show stat -1 4 -1')));
    const environment = balancedEnvironment();
    const hasty = { ...environment, rollout: { ...environment.rollout, drainDeadlineMs: 2_000 } };
    expect(await drain('a1', hasty)).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/still open after 2 s: [1-9] of gw\/a1 D/),
    });
  });

  it('is asked over TCP too', async () => {
    const overTcp = balancedEnvironment({ address: '127.0.0.1', port: TCP_PORT });
    expect(await drain('a1', overTcp)).toMatchObject({ ok: true });
    expect(await ready('a1', overTcp)).toMatchObject({ ok: true });
  });

  it('says that its API may only read, and that it has no such server', async () => {
    expect(await drain('a1', balancedEnvironment({ socket: READ_ONLY_SOCKET }))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Permission denied'),
      advice: expect.stringContaining('level admin'),
    });
    const environment = balancedEnvironment();
    const { host } = inEnvironment('a1', environment);
    const misnamed = { ...host, drain: { ...host.drain, servers: ['gw/nosuch'] } as typeof host.drain };
    expect(await traffic().drain({ environment, host: misnamed }, signal)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('No such server.'),
    });
  });
});
