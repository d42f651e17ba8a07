import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SshExecutor } from '../../src/adapters/ssh/ssh-executor.ts';
import type { AutoReport, PatchPlan } from '../../src/services/patching/patch-service.ts';
import { createPatchService } from '../../src/services/patching/patch-service.ts';
import { until } from '../support/until.ts';
import { exec, fault, heal, installExtraPackages, shell } from './fleet.ts';
import { environmentOf } from './fleet-hosts.ts';
import { openExecutor, silentLogger } from './over-ssh.ts';

/** No other file breaks or changes the packages of this one. */
const HOST = 'a3';
const TIMERS = ['apt-daily.timer', 'apt-daily-upgrade.timer'];
const environment = environmentOf('acme', [HOST], []);
const selection = { environment, hosts: environment.hosts };

let executor: SshExecutor;

beforeAll(async () => {
  executor = openExecutor();
  await exec(HOST, 'fleet-packages', 'up');
});
afterAll(async () => {
  executor.close();
  await exec(HOST, 'fleet-packages', 'down');
  await exec(HOST, 'systemctl', 'stop', ...TIMERS);
  await exec(HOST, 'systemctl', 'mask', ...TIMERS);
  await heal(HOST);
});

const service = () => createPatchService({ executor, logger: silentLogger });

async function plan(): Promise<PatchPlan> {
  return (await service().plan(selection, () => {}))[0]!;
}

async function auto(): Promise<AutoReport> {
  return (await service().auto(selection, () => {}))[0]!;
}

const words = ({ findings }: Pick<PatchPlan, 'findings'>): string => findings.map(({ text }) => text).join('\n');
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholder.
const versionOf = (name: string): Promise<string> => exec(HOST, 'dpkg-query', '-W', '-f', '${Version}', name);

describe('plan of a real Debian host', () => {
  it('marks security updates by the label of their origin, and what is held', async () => {
    const { sample } = await plan();
    expect(sample?.pending).toEqual([
      { name: 'acme-held', from: '1.0', to: '1.1', security: true, source: 'Debian-Security', held: true },
      { name: 'acme-lib', from: '1.0', to: '1.1', security: true, source: 'Debian-Security', held: false },
      { name: 'acme-normal', from: '1.0', to: '1.1', security: false, source: 'Debian', held: false },
    ]);
    expect(sample).toMatchObject({
      family: 'debian',
      securityKnown: true,
      held: ['acme-held'],
      interrupted: false,
      lockHolders: [],
      gaps: [],
    });
    expect(sample?.listsAgeSeconds).toBeLessThan(3600);
  });

  it('does not know what it cannot see: services without needrestart, the kernel of a container', async () => {
    const { sample } = await plan();
    expect(sample).toMatchObject({ restarts: undefined, kernel: { rebootNeeded: undefined } });
  });

  it('changes nothing', async () => {
    const look = () =>
      shell(HOST, 'find /var/lib/dpkg /var/lib/apt /var/cache/apt /etc/apt -printf "%p %T@ %s\\n" | sort | sha256sum');
    const before = await look();
    await plan();
    await auto();
    expect(await look()).toBe(before);
    expect(await versionOf('acme-lib')).toBe('1.0');
  });

  describe('in trouble', () => {
    afterEach(async () => {
      await shell(
        HOST,
        ': >/run/acme-slow.go; pkill -x apt-get; while pgrep -x "dpkg|apt-get"; do sleep 0.1; done; dpkg --configure -a; rm -f /run/acme-slow.go',
      );
      await shell(HOST, 'dpkg --purge acme-slow; apt-get -qq update');
    });

    const startSlowInstall = async (): Promise<void> => {
      await shell(HOST, 'setsid apt-get -qqy install acme-slow </dev/null >/dev/null 2>&1 &');
      await until('acme-slow to be configured', async () => (await postinstsOf()) > 0, 30_000);
    };
    const postinstsOf = async () => Number(await shell(HOST, 'pgrep -fc "[a]cme-slow.postinst" || :'));

    it('names who holds the lock while packages are installed', async () => {
      await startSlowInstall();
      const report = await plan();
      expect(report.sample?.lockHolders?.join()).toMatch(/^(apt-get|dpkg) \(pid \d+\)/);
      expect(words(report)).toMatch(/the package manager is in use by (apt-get|dpkg)/);
    });

    it('is told as interrupted after dpkg was killed, and comes first', async () => {
      await startSlowInstall();
      await shell(HOST, 'pkill -KILL -x apt-get; pkill -KILL -x dpkg; pkill -KILL -f "[a]cme-slow.postinst"; :');
      const report = await plan();
      expect(report).toMatchObject({ level: 'critical', sample: { interrupted: true, lockHolders: [] } });
      expect(report.findings[0]?.text).toContain('dpkg was interrupted');
    });

    it('is told with the age of its lists when they are stale', async () => {
      await exec(HOST, 'touch', '-d', '9 days ago', '/var/lib/apt/lists');
      expect(words(await plan())).toContain('the package lists are 9 days old');
    });

    it('is unknown without lists, though apt says that nothing waits', async () => {
      await shell(
        HOST,
        'find /var/lib/apt/lists -type f -delete; find /var/lib/apt/lists -type l -delete; mv /etc/apt/sources.list /etc/apt/off',
      );
      const said = await shell(HOST, 'apt-get -s dist-upgrade');
      const report = await plan();
      await exec(HOST, 'mv', '/etc/apt/off', '/etc/apt/sources.list');
      expect(said).toContain('0 upgraded, 0 newly installed');
      expect(report.sample?.pending).toBeUndefined();
      expect(words(report)).toContain('there are no package lists');
    });

    it('is unreachable, by the hop, when it does not let us in', async () => {
      await fault(HOST, 'ssh-stop');
      const own = openExecutor();
      const [report] = await createPatchService({ executor: own, logger: silentLogger }).plan(selection, () => {});
      own.close();
      await heal(HOST);
      expect(report).toMatchObject({ level: 'unreachable', failure: { kind: 'connection_refused', hop: HOST } });
    });
  });
});

describe('automatic updates of a real Debian host', () => {
  it('are off where nothing installs them', async () => {
    expect(await auto()).toMatchObject({ verdict: 'off', sample: { mechanism: 'none' } });
  });

  describe('by unattended-upgrades', () => {
    beforeAll(() => installExtraPackages(HOST));

    it('never ran while their timers are masked', async () => {
      const report = await auto();
      expect(report).toMatchObject({
        verdict: 'never_ran',
        sample: { mechanism: 'unattended-upgrades', enabled: true },
      });
      expect(words(report)).toContain('masked');
    });

    it('work once the daily job ran: security updates are in, the others are left', async () => {
      await exec(HOST, 'systemctl', 'unmask', ...TIMERS);
      await exec(HOST, 'systemctl', 'start', ...TIMERS);
      await exec(HOST, '/usr/lib/apt/apt.systemd.daily', 'install');
      expect(await versionOf('acme-lib')).toBe('1.1');
      expect(await versionOf('acme-normal')).toBe('1.0');
      const report = await auto();
      expect(report).toMatchObject({
        verdict: 'works',
        sample: {
          takesIn: ['Debian', 'Debian-Security'],
          lastResult: { succeeded: true, words: 'all upgrades installed' },
        },
      });
      expect(report.sample?.lastRunAgeSeconds).toBeLessThan(600);
      expect(words(report)).toContain('held, so these security updates do not install: acme-held');
    });

    it('have stopped when the timer is', async () => {
      await exec(HOST, 'systemctl', 'stop', 'apt-daily-upgrade.timer');
      const report = await auto();
      expect(report.verdict).toBe('stopped');
      expect(words(report)).toMatch(/apt-daily-upgrade\.timer is inactive/);
    });

    it('have stopped when they have not come to their end for days', async () => {
      await exec(HOST, 'systemctl', 'start', 'apt-daily-upgrade.timer');
      expect((await auto()).verdict).toBe('works');
      await exec(HOST, 'touch', '-d', '5 days ago', '/var/lib/apt/periodic/upgrade-stamp');
      const report = await auto();
      expect(report.verdict).toBe('stopped');
      expect(words(report)).toContain('was 5 days ago');
    });

    it('are unknown to somebody who may not read their log, and nothing says works', async () => {
      await exec(
        HOST,
        'rm',
        '-f',
        '/var/lib/apt/periodic/upgrade-stamp',
        '/var/lib/apt/periodic/unattended-upgrades-stamp',
      );
      await fault(HOST, 'no-sudo');
      const report = await auto();
      await heal(HOST);
      expect(report.verdict).toBe('unknown');
    });

    it('are seen with what needs a restart, now that needrestart is there', async () => {
      expect((await plan()).sample?.restarts).toEqual([]);
    });
  });
});
