import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import type { RolloutSettings } from '../../src/domain/inventory.ts';
import { createAutomaticUpdatesChange } from '../../src/services/patching/changes/automatic-updates-change.ts';
import { createOsPackagesChange } from '../../src/services/patching/changes/os-packages-change.ts';
import { createOsPackagesUndoChange } from '../../src/services/patching/changes/os-packages-undo-change.ts';
import { readPackageWork } from '../../src/services/patching/changes/package-work.ts';
import { undoSpecOf } from '../../src/services/patching/changes/undo-spec.ts';
import { createDetachedJobs } from '../../src/services/rollouts/detached-jobs.ts';
import type {
  ChangePlan,
  ChangeSpec,
  ChangeTarget,
  HostChange,
  StepEnd,
} from '../../src/services/rollouts/host-change.ts';
import { until } from '../support/until.ts';
import { exec, heal, shell } from './fleet.ts';
import { environmentOf } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

const HOST = 'a2';
const TIMERS = ['apt-daily.timer', 'apt-daily-upgrade.timer'];
const NEVER = new AbortController().signal;

let executor: SshExecutor;
let rollouts = 0;
let restarted: string[] = [];

beforeAll(() => {
  executor = openExecutor();
});
afterAll(async () => {
  executor.close();
  await exec(HOST, 'systemctl', 'mask', ...TIMERS);
  await heal(HOST);
});
beforeEach(async () => {
  restarted = [];
  await exec(HOST, 'fleet-packages', 'up');
  await exec(HOST, 'fleet-packages', 'trouble');
});
afterEach(async () => {
  await shell(HOST, ': >/run/acme-late.go; : >/run/acme-slow.go; : >/run/acme-broken.fixed');
  await shell(HOST, 'while pgrep -x "dpkg|apt-get" >/dev/null; do sleep 0.1; done');
  await exec(HOST, 'fleet-packages', 'down');
});

function environment(rollout: Partial<RolloutSettings> = {}) {
  const found = environmentOf('acme', [HOST]);
  return { ...found, rollout: { ...found.rollout, ...rollout } };
}

function changes(): Record<'install' | 'undo' | 'automatic', HostChange> {
  const products = {
    restart: async (_target: unknown, { name }: { readonly name: string }): Promise<StepEnd> => {
      restarted.push(name);
      return { ok: true };
    },
  };
  const jobs = createDetachedJobs({ executor, clock: systemClock });
  const deps = { executor, jobs, products, clock: systemClock, logger: silentLogger };
  return {
    install: createOsPackagesChange(deps),
    undo: createOsPackagesUndoChange(deps),
    automatic: createAutomaticUpdatesChange(deps),
  };
}

const plan = (change: HostChange, spec: ChangeSpec): Promise<ChangePlan> =>
  change.plan(spec, { environment: environment(), hosts: environment().hosts });

function targetOf({ hosts }: ChangePlan, rollout: Partial<RolloutSettings> = {}): ChangeTarget {
  const own = environment(rollout);
  rollouts += 1;
  return { rolloutId: `test${process.pid}x${rollouts}`, environment: own, host: own.hosts[0]!, work: hosts[0]?.work };
}

/** Every step in order, up to the first that fails. */
async function run(change: HostChange, target: ChangeTarget): Promise<StepEnd> {
  let end: StepEnd = { ok: true };
  for (const step of change.steps(target)) {
    end = end.ok ? await step.run(target, NEVER) : end;
  }
  return end;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholder.
const versionOf = (name: string): Promise<string> => exec(HOST, 'dpkg-query', '-W', '-f', '${Version}', name);
/** Lets the packages go through that would stop or delay everything. */
const calm = () => shell(HOST, ': >/run/acme-late.go; : >/run/acme-broken.fixed');

describe('os_packages on a real Debian host', () => {
  it('installs what was planned and nothing else, asks nothing, and restarts what needs it', async () => {
    await calm();
    await shell(HOST, 'apt-mark auto acme-lib acme-conf');
    const { install } = changes();
    const planned = await plan(install, { only: 'security' });
    expect(planned.problems).toEqual([]);
    expect(planned.title).toBe('Install 5 packages (5 security) on 1 host');
    expect(planned.warnings.map(({ text }) => text).join()).toContain('acme-held');
    expect(planned.hosts[0]?.rollback).toBe('the versions before can all be installed again');
    expect(await plan(install, { only: 'security' })).toEqual(planned);

    const target = targetOf(planned);
    expect(await install.inspect(target)).toMatchObject({ state: 'to_do' });
    const before = await exec(HOST, 'systemctl', 'show', '-p', 'MainPID', '--value', 'acmed');
    expect(await run(install, target)).toMatchObject({ ok: true });

    expect(await install.inspect(target)).toEqual({ state: 'done', note: '5 packages installed' });
    expect([await versionOf('acme-lib'), await versionOf('acme-normal'), await versionOf('acme-held')]).toEqual([
      ...['1.1', '1.0', '1.0'],
    ]);
    expect(await exec(HOST, 'cat', '/etc/acme/acme.conf')).toContain('changed by the customer');
    expect(await exec(HOST, 'systemctl', 'show', '-p', 'MainPID', '--value', 'acmed')).not.toBe(before);
    expect(await exec(HOST, 'apt-mark', 'showauto', 'acme-lib', 'acme-conf', 'acme-agent')).toBe('acme-conf\nacme-lib');
    expect(restarted).toEqual([]);
    expect(await plan(install, { only: 'security' })).toMatchObject({ hosts: [], idle: [HOST], problems: [] });

    const back = undoSpecOf({ id: target.rolloutId, plan: planned, hosts: [HOST] });
    const { undo } = changes();
    const undoPlan = await plan(undo, back ?? {});
    expect(undoPlan).toMatchObject({ problems: [], idle: [] });
    const undoTarget = targetOf(undoPlan);
    expect(await run(undo, undoTarget)).toMatchObject({ ok: true });
    expect(await undo.inspect(undoTarget)).toMatchObject({ state: 'done' });
    expect(await versionOf('acme-lib')).toBe('1.0');
  });

  it('goes back by the file in the cache when no source has the version any more, and says when it cannot', async () => {
    await calm();
    const { install, undo } = changes();
    const planned = await plan(install, { only: 'security' });
    expect(await run(install, targetOf(planned))).toMatchObject({ ok: true });
    const spec = undoSpecOf({ id: 'r1', plan: planned, hosts: [HOST] }) ?? {};
    await shell(HOST, 'cp /srv/acme/debian/pool/*_1.0_all.deb /var/cache/apt/archives/');
    await shell(HOST, "sed -i '/acme\\/debian/d' /etc/apt/sources.list; apt-get -qq update");
    const undoPlan = await plan(undo, spec);
    expect(readPackageWork(undoPlan.hosts[0]?.work).packages[0]?.file).toMatch(/acme-agent_1\.0_all\.deb$/);
    expect(await run(undo, targetOf(undoPlan))).toMatchObject({ ok: true });
    expect(await versionOf('acme-lib')).toBe('1.0');

    await shell(HOST, 'rm -f /var/cache/apt/archives/acme-*; apt-get -qqy install acme-lib=1.1 >/dev/null');
    expect((await plan(undo, spec)).problems[0]?.text).toBe('in no source any more: acme-lib 1.0');
  });

  it('tells a failed postinst with its package and last words; the repair is offered and finishes it', async () => {
    await shell(HOST, ': >/run/acme-late.go');
    const { install } = changes();
    const planned = await plan(install, { only: 'security' });
    const target = targetOf(planned);
    const end = await run(install, target);
    expect(end).toMatchObject({
      ok: false,
      reason: 'the post-installation script of acme-broken failed with exit code 3; the package is half configured',
      output: expect.stringContaining('no such user: acme'),
    });
    expect(await install.inspect(target)).toMatchObject({ state: 'to_do' });
    expect((await run(install, target)).ok).toBe(false);

    expect((await plan(install, { only: 'security' })).problems[0]?.text).toContain('--repair');
    await shell(HOST, ': >/run/acme-broken.fixed');
    const repair = await plan(install, { only: 'security', repair: true });
    expect(repair).toMatchObject({ problems: [], hosts: [{ host: HOST }] });
    const repairing = targetOf(repair);
    expect(await run(install, repairing)).toMatchObject({ ok: true });
    expect(await install.inspect(repairing)).toMatchObject({ state: 'done' });
    expect(await versionOf('acme-broken')).toBe('1.1');
  });

  describe('while somebody else installs', () => {
    beforeEach(async () => {
      await calm();
      await shell(HOST, 'setsid apt-get -qqy install acme-slow </dev/null >/dev/null 2>&1 &');
      await until('the lock to be held', async () => (await holders()) > 0, 30_000);
    });
    const holders = async () => Number(await shell(HOST, 'pgrep -fc "[a]cme-slow.postinst" || :'));

    it('waits for the lock, then fails and names who holds it', async () => {
      const { install } = changes();
      const planned = await plan(install, { only: 'security' });
      const end = await run(install, targetOf(planned, { packageLockMs: 3_000 }));
      expect(end).toMatchObject({
        ok: false,
        reason: expect.stringMatching(/^another package manager held the lock for 3 s: apt-get \(pid \d+\)$/),
      });
      expect(await versionOf('acme-lib')).toBe('1.0');
    });

    it('installs once the lock is free', async () => {
      const { install } = changes();
      const running = run(install, targetOf(await plan(install, { only: 'security' }), { packageLockMs: 60_000 }));
      await until('apt-get to wait', async () => (await waiting()) > 1, 30_000);
      await shell(HOST, ': >/run/acme-slow.go');
      expect(await running).toMatchObject({ ok: true });
      expect(await versionOf('acme-lib')).toBe('1.1');
    });
    const waiting = async () => Number(await shell(HOST, 'pgrep -xc apt-get || :'));
  });

  it('is repaired after dpkg was killed in the middle', async () => {
    await shell(HOST, ': >/run/acme-broken.fixed');
    const { install } = changes();
    const target = targetOf(await plan(install, { only: 'security' }));
    const running = run(install, target);
    await until('acme-late to be configured', async () => (await late()) > 0, 60_000);
    await shell(HOST, 'pkill -KILL -x apt-get; pkill -KILL -x dpkg; pkill -KILL -f "[a]cme-late.postinst"; :');
    expect(await running).toMatchObject({ ok: false, reason: expect.stringContaining('was cut off') });
    await shell(HOST, ': >/run/acme-late.go');
    const repair = await plan(install, { only: 'security', repair: true });
    expect(repair.hosts[0]?.lines[0]).toContain('repair dpkg');
    const repairing = targetOf(repair);
    expect(await run(install, repairing)).toMatchObject({ ok: true });
    expect(await install.inspect(repairing)).toMatchObject({ state: 'done' });
    expect(await exec(HOST, 'dpkg', '--audit')).toBe('');
  });
  const late = async () => Number(await shell(HOST, 'pgrep -fc "[a]cme-late.postinst" || :'));

  it('does not end before the package does: the job goes on, and is picked up by whoever asks again', async () => {
    await shell(HOST, ': >/run/acme-broken.fixed');
    const { install } = changes();
    const planned = await plan(install, { only: 'security' });
    const target = targetOf(planned, { changeDeadlineMs: 5_000 });
    expect(await run(install, target)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('goes on on the host'),
    });
    await shell(HOST, ': >/run/acme-late.go');
    const patient = { ...target, environment: environment({ changeDeadlineMs: 60_000 }) };
    expect(await run(install, patient)).toMatchObject({ ok: true });
  });
});
