import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import { UserError } from '../../src/domain/errors.ts';
import { createDetachedJobs } from '../../src/services/rollouts/detached-jobs.ts';
import type { DetachedJob, DetachedJobs } from '../../src/services/rollouts/host-operations.ts';
import { until } from '../support/until.ts';
import { addMiniHosts, fault, heal, powerCycle, shell, targetOf } from './fleet.ts';
import { openExecutor } from './over-ssh.ts';

/** One with systemd, one without. */
const HOSTS = ['a1', 'a4'] as const;
const PATIENCE = { deadlineMs: 60_000, signal: new AbortController().signal };

let executor: SshExecutor;
let jobs: DetachedJobs;
let last = 0;

beforeAll(() => addMiniHosts(4));
beforeEach(() => {
  executor = openExecutor({ limits: { connectTimeoutMs: 5_000, forwardTimeoutMs: 4_000 } });
  jobs = createDetachedJobs({ executor, clock: systemClock });
});
afterEach(async () => {
  executor.close();
  await heal('bastion', ...HOSTS);
});
afterAll(() => heal(...HOSTS));

/** Says `begun` and goes on when `/run/go` is there. */
const WAITING = 'rm -f /run/go; echo begun; while [ ! -e /run/go ]; do sleep 0.1; done; echo went on';

function aJob(script: string, overrides: Partial<DetachedJob> = {}): DetachedJob {
  last += 1;
  return { id: `r1-${process.pid}-${last}`, script, args: [], ...overrides };
}

const run = (host: string, job: DetachedJob) => jobs.run(targetOf(host), job, PATIENCE);

async function startWaiting(host: string, overrides: Partial<DetachedJob> = {}): Promise<DetachedJob> {
  const job = aJob(WAITING, overrides);
  await jobs.start(targetOf(host), job);
  await until('its first line', async () => {
    const seen = await jobs.look(targetOf(host), job.id);
    return seen.kind === 'running' && seen.output === 'begun\n';
  });
  return job;
}

describe.each(HOSTS)('a detached job on %s', (host) => {
  it('runs as root, out of the session and of the unit of sshd', async () => {
    const job = aJob('id -u; echo "$1"; cat /proc/self/cgroup; exit 3', { args: ["it's"] });
    const state = await run(host, job);
    expect(state).toMatchObject({ kind: 'ended', exitCode: 3, output: expect.stringMatching(/^0\nit's\n/) });
    if (host === 'a1') {
      expect(state).toMatchObject({ output: expect.stringContaining(`/system.slice/msops-job-${job.id}.service\n`) });
    }
  });

  it('survives its connection, its session and sshd', async () => {
    const job = await startWaiting(host);
    const running = run(host, job);
    await fault(host, 'ssh-restart');
    await shell(host, 'pkill -KILL -u ops; touch /run/go');
    expect(await running).toEqual({ kind: 'ended', exitCode: 0, output: 'begun\nwent on\n' });
  });

  it('is picked up again by a bot that was killed', async () => {
    const job = await startWaiting(host);
    executor.close();
    executor = openExecutor();
    jobs = createDetachedJobs({ executor, clock: systemClock });
    await shell(host, 'touch /run/go');
    expect(await run(host, job)).toMatchObject({ kind: 'ended', output: 'begun\nwent on\n' });
  });

  it('goes on while the bastion is cut off', async () => {
    const job = await startWaiting(host);
    const running = run(host, job);
    await fault('bastion', 'link-down');
    await shell(host, 'touch /run/go');
    await until('its end on the host', () => shell(host, `ls /home/ops/.msops/jobs/${job.id}/exit-0`).catch(() => ''));
    await heal('bastion');
    expect(await running).toMatchObject({ kind: 'ended', output: 'begun\nwent on\n' });
  });

  it('has vanished when it is killed', async () => {
    const job = await startWaiting(host);
    await shell(host, `kill -KILL "$(cut -d' ' -f1 /home/ops/.msops/jobs/${job.id}/begun)"; touch /run/go`);
    expect(await run(host, job)).toMatchObject({ kind: 'vanished' });
  });

  it('has vanished after a power cut, and is not begun again', async () => {
    const job = await startWaiting(host);
    await powerCycle(host);
    expect(await run(host, job)).toMatchObject({ kind: 'vanished', output: 'begun\n' });
  });

  it('runs once when two bots start it', async () => {
    const other = openExecutor();
    const job = aJob('echo once >>/run/times; cat /run/times; rm /run/times');
    const both = [jobs, createDetachedJobs({ executor: other, clock: systemClock })];
    const states = await Promise.all(both.map((one) => one.run(targetOf(host), job, PATIENCE)));
    other.close();
    expect(states).toEqual([0, 1].map(() => ({ kind: 'ended', exitCode: 0, output: 'once\n' })));
  });

  it('keeps its secrets out of process lists and off the disk', async () => {
    const secret = `s3cr3t-${process.pid}`;
    const script = `[ "\${#PASSWORD}" = ${secret.length} ] || exit 9; ${WAITING}`;
    const job = await startWaiting(host, { script, secrets: { PASSWORD: secret } });
    const pattern = `'${secret.slice(0, 3)}''${secret.slice(3)}'`; // Or this very command would be found.
    const seen = await shell(
      host,
      `ps -eww -o args >/run/list; ! grep -F -e ${pattern} /run/list &&
       ! grep -rlF -e ${pattern} /home /root /var /etc /opt /tmp /run /dev/shm 2>/dev/null && echo nowhere`,
    );
    expect(seen).toBe('nowhere');
    await shell(host, 'touch /run/go');
    expect(await run(host, job)).toMatchObject({ kind: 'ended', exitCode: 0 });
  });

  it('leaves alone what its script started to stay', async () => {
    const job = aJob('sleep 300 >/dev/null 2>&1 & echo $!');
    const state = await run(host, job);
    expect(state).toMatchObject({ kind: 'ended', exitCode: 0 });
    const pid = (state as { output: string }).output.trim();
    expect(await shell(host, `kill -0 ${pid} && echo there; kill ${pid}`)).toBe('there');
  });

  it('is seen where processes of others are hidden', async () => {
    await shell(host, 'mount -o remount,hidepid=2 /proc');
    const job = await startWaiting(host);
    await shell(host, `kill -KILL "$(cut -d' ' -f1 /home/ops/.msops/jobs/${job.id}/begun)"`);
    expect(await jobs.look(targetOf(host), job.id)).toMatchObject({ kind: 'vanished' });
    await shell(host, 'mount -o remount,hidepid=0 /proc; touch /run/go');
  });

  it('needs sudo, and says so', async () => {
    await fault(host, 'no-sudo');
    const job = aJob('true');
    const refused = jobs.start(targetOf(host), job);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/sudo: a password is required/);
    await heal(host);
    expect(await run(host, job)).toMatchObject({ kind: 'ended' });
  });

  it('has an exit code when the disk is full', async () => {
    const job = await startWaiting(host);
    await fault(host, 'disk-full');
    await shell(host, 'touch /run/go');
    expect(await run(host, job)).toMatchObject({ kind: 'ended' });
  });
});
