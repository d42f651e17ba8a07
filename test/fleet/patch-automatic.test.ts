import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import { createAutomaticUpdatesChange } from '../../src/services/patching/changes/automatic-updates-change.ts';
import { createDetachedJobs } from '../../src/services/rollouts/detached-jobs.ts';
import type { ChangeTarget } from '../../src/services/rollouts/host-change.ts';
import { exec, heal, installExtraPackages, shell } from './fleet.ts';
import { environmentOf } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

const HOST = 'a2';
const TIMERS = ['apt-daily.timer', 'apt-daily-upgrade.timer'];
const NEVER = new AbortController().signal;

let executor: SshExecutor;

beforeAll(async () => {
  executor = openExecutor();
  await installExtraPackages(HOST);
  await exec(HOST, 'systemctl', 'mask', '--now', ...TIMERS);
  await shell(HOST, 'echo \'APT::Periodic::Unattended-Upgrade "0";\' >/etc/apt/apt.conf.d/20auto-upgrades');
});
afterAll(async () => {
  executor.close();
  await exec(HOST, 'systemctl', 'stop', ...TIMERS);
  await exec(HOST, 'systemctl', 'mask', ...TIMERS);
  await heal(HOST);
});

describe('automatic_updates on a real Debian host', () => {
  it('switches them on in a file of its own, starts masked timers, and may be run twice', async () => {
    const environment = environmentOf('acme', [HOST]);
    const selection = { environment, hosts: environment.hosts };
    const jobs = createDetachedJobs({ executor, clock: systemClock });
    const change = createAutomaticUpdatesChange({ executor, jobs, logger: silentLogger });
    const run = (target: ChangeTarget) => change.steps(target)[0]!.run(target, NEVER);

    const { hosts, problems } = await change.plan({}, selection);
    expect(problems).toEqual([]);
    expect(hosts[0]?.lines).toEqual([
      'switch it on in /etc/apt/apt.conf.d/99msops-automatic-updates',
      'start apt-daily.timer and apt-daily-upgrade.timer',
    ]);
    const work = hosts[0]?.work;
    const target = { rolloutId: `auto${process.pid}a`, environment, host: environment.hosts[0]!, work };
    expect(await change.inspect(target)).toMatchObject({ state: 'to_do' });
    expect(await run(target)).toMatchObject({ ok: true });
    expect(await change.inspect(target)).toMatchObject({ state: 'done' });
    expect(await exec(HOST, 'cat', '/etc/apt/apt.conf.d/20auto-upgrades')).toContain('"0"');
    expect(await change.plan({}, selection)).toMatchObject({ hosts: [], idle: [HOST] });
    expect(await run({ ...target, rolloutId: `auto${process.pid}b` })).toMatchObject({ ok: true });
  });
});
