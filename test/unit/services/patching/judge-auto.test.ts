import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitProbeOutput } from '../../../../src/domain/probe-output.ts';
import { judgeAuto } from '../../../../src/services/patching/judge-auto.ts';
import { parseAuto } from '../../../../src/services/patching/parse-auto.ts';
import { changed, debianText, type PartText, partsText, RHEL_PARTS } from './probe-text.ts';

const TEXT = debianText('auto');
const NOW = 1_795_398_900;
const DAY = 86_400;
const STAMP = '/var/lib/apt/periodic/upgrade-stamp';

const timer = (active: string, file: string, load = 'loaded'): PartText => [
  `Id=apt-daily.timer\nLoadState=loaded\nActiveState=active\n\nId=apt-daily-upgrade.timer\nLoadState=${load}\nUnitFileState=${file}\nActiveState=${active}\n`,
  0,
];
const logged = (...lines: readonly string[]): PartText => [
  ['INFO Starting unattended upgrades script', ...lines].map((line) => `2026-11-23 06:25:01,123 ${line}`).join('\n'),
  0,
];

/** Ran five hours ago on fresh lists, by systemd. */
const GOOD = {
  now: [String(NOW), 0],
  init: ['systemd', 0],
  timers: timer('active', 'enabled'),
  runs: [`${NOW - 5 * 3600} ${STAMP}`, 1],
  lists: [`${NOW - 6 * 3600} /var/lib/apt/lists`, 1],
  log: logged('INFO Packages that will be upgraded: apt', 'INFO All upgrades installed'),
  held: ['', 0],
} satisfies Readonly<Record<string, PartText>>;

function judged(parts: Readonly<Record<string, PartText | undefined>> = {}) {
  const sample = parseAuto(changed(TEXT, { ...GOOD, ...parts }));
  const { verdict, level, findings } = judgeAuto(sample);
  return { verdict, level, words: findings.map(({ text }) => text).join('\n'), sample };
}

const settings = (...lines: readonly string[]): PartText => [lines.join('\n'), 0];
const ON = 'APT::Periodic::Unattended-Upgrade "1";';
const REFRESH = 'APT::Periodic::Update-Package-Lists "1";';
const SECURITY =
  'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=bookworm-security,label=Debian-Security";';

describe('automatic updates of a Debian host', () => {
  it('work when they are switched on, started by a timer, and ran lately with success', () => {
    const { verdict, level, sample } = judged();
    expect({ verdict, level }).toEqual({ verdict: 'works', level: 'ok' });
    expect(sample).toMatchObject({
      mechanism: 'unattended-upgrades',
      takesIn: ['Debian', 'Debian-Security'],
      lastRunAgeSeconds: 5 * 3600,
      lastResult: { succeeded: true, words: 'all upgrades installed' },
    });
  });

  it.each([
    [
      { installed: ['dpkg-query: no packages found matching unattended-upgrades', 1] as PartText },
      'nothing that installs',
    ],
    [{ installed: ['config-files 2.9.1', 0] as PartText }, 'nothing that installs'],
    [{ config: settings(REFRESH, SECURITY) }, 'Unattended-Upgrade is not set'],
    [{ config: settings(REFRESH, SECURITY, ON, 'APT::Periodic::Unattended-Upgrade "0";') }, 'Unattended-Upgrade is 0'],
    [{ config: settings(REFRESH, SECURITY, ON, 'APT::Periodic::Enable "0";') }, 'APT::Periodic::Enable is 0'],
    [{ config: ['', 1] as PartText }, 'Unattended-Upgrade is not set'],
    [
      { config: settings(REFRESH, ON, 'Unattended-Upgrade::Origins-Pattern:: "origin=Debian,label=Debian";') },
      'takes in no security updates',
    ],
  ])('are off by their settings: %j', (parts, why) => {
    const { verdict, level, words } = judged(parts);
    expect({ verdict, level }).toEqual({ verdict: 'off', level: 'critical' });
    expect(words).toContain(why);
  });

  it.each([
    [{ timers: timer('inactive', 'disabled') }, 'apt-daily-upgrade.timer is inactive, disabled'],
    [{ timers: timer('inactive', 'masked', 'masked') }, 'apt-daily-upgrade.timer is masked'],
    [{ runs: [`${NOW - 4 * DAY} ${STAMP}`, 1] as PartText }, 'was 4 days ago'],
    [{ lists: [`${NOW - 9 * DAY} /var/lib/apt/lists`, 1] as PartText }, 'package lists that are 9 days old'],
    [
      { log: logged('ERROR Lock could not be acquired (another package manager running?)') },
      'the last run failed: Lock could not be acquired',
    ],
    [{ init: ['init', 0] as PartText, crond: ['', 1] as PartText }, 'cron does not run'],
  ])('have stopped: %j', (parts, why) => {
    const { verdict, words } = judged(parts);
    expect(verdict).toBe('stopped');
    expect(words).toContain(why);
  });

  it('are worse when something waits that should be installed', () => {
    const nothing = { apt: ['0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.', 0] } as const;
    expect(judged({ timers: timer('inactive', 'disabled') }).level).toBe('critical');
    expect(judged({ timers: timer('inactive', 'disabled'), ...nothing }).level).toBe('warning');
  });

  it('never ran when there is no trace of a run', () => {
    const never = { runs: ['', 1], log: ['cat: /var/log/x.log: No such file or directory', 1] } as const;
    expect(judged(never)).toMatchObject({ verdict: 'never_ran' });
    expect(judged({ ...never, log: ['', 0] })).toMatchObject({ verdict: 'never_ran' });
    expect(judged({ ...never, timers: timer('inactive', 'disabled') }).words).toContain('is inactive, disabled');
  });

  it('are unknown when something that matters could not be read', () => {
    expect(judged({ runs: ['', 1], log: ['sudo: a password is required', 1] }).verdict).toBe('unknown');
    expect(judged({ config: ['apt-config: not found', 127] }).verdict).toBe('unknown');
    expect(judged({ installed: ['dpkg-query: error: cannot open', 2] }).verdict).toBe('unknown');
    expect(judged({ timers: ['Failed to connect to bus', 1] }).verdict).toBe('unknown');
    expect(
      judged({ config: settings(REFRESH, ON, 'Unattended-Upgrade::Origins-Pattern:: "site=mirror";') }).verdict,
    ).toBe('unknown');
  });

  it('have their doubts told although they work', () => {
    const config = settings(ON, SECURITY, 'Unattended-Upgrade::Package-Blacklist:: "openjdk-";');
    const { verdict, words } = judged({ config, held: ['openssl', 0], log: logged('WARNING System is on battery') });
    expect(verdict).toBe('works');
    expect(words).toContain('do not install: openssl');
    expect(words).toContain('left out by its settings: openjdk-');
    expect(words).toContain('Update-Package-Lists');
    expect(words).toContain('is unclear: System is on battery');
  });

  it('count the daily run and not a dry run that somebody tried later', () => {
    const dry = `${NOW - 60} /var/lib/apt/periodic/unattended-upgrades-stamp`;
    expect(judged({ runs: [`${dry}\n${NOW - 9 * DAY} ${STAMP}`, 0] }).verdict).toBe('stopped');
    expect(judged({ runs: [dry, 1] }).verdict).toBe('works');
  });

  it('may run every week', () => {
    const config = settings('APT::Periodic::Unattended-Upgrade "7";', REFRESH, SECURITY);
    const runs: PartText = [`${NOW - 6 * DAY} ${STAMP}`, 1];
    expect(judged({ config, runs }).verdict).toBe('works');
    expect(judged({ runs }).verdict).toBe('stopped');
  });
});

describe('automatic updates of the Red Hat family', () => {
  const at = Number(RHEL_PARTS.now?.[0]);
  const DNF = {
    ...RHEL_PARTS,
    updates: ['', 0],
    repos: ['repo id  repo name\nbaseos  BaseOS', 0],
    installed: ['dnf-automatic 4.14.0\npackage yum-cron is not installed', 1],
    config: ['[commands]\nupgrade_type = security\napply_updates = yes', 0],
    timers: ['Id=dnf-automatic.timer\nLoadState=loaded\nUnitFileState=enabled\nActiveState=active\n', 0],
    services: ['Id=dnf-automatic.service\nLoadState=loaded\nResult=success\nExecMainExitTimestampMonotonic=77\n', 0],
    runs: [`${at - 7200} /var/lib/systemd/timers/stamp-dnf-automatic.timer`, 1],
  } satisfies Readonly<Record<string, PartText>>;
  const verdict = (parts: Readonly<Record<string, PartText>> = {}) =>
    judgeAuto(parseAuto(splitProbeOutput(partsText({ ...DNF, ...parts })))).verdict;

  it('work, are off, have stopped, never ran or are unknown', () => {
    expect(verdict()).toBe('works');
    expect(verdict({ installed: ['package dnf-automatic is not installed', 3] })).toBe('off');
    expect(verdict({ config: ['apply_updates = no', 0] })).toBe('off');
    expect(verdict({ timers: ['Id=dnf-automatic.timer\nLoadState=loaded\nActiveState=inactive\n', 0] })).toBe(
      'stopped',
    );
    const failed = DNF.services[0].replace('Result=success', 'Result=exit-code');
    expect(verdict({ services: [failed, 0] })).toBe('stopped');
    expect(verdict({ runs: ['', 1] })).toBe('never_ran');
    expect(verdict({ config: ['cat: Permission denied', 1] })).toBe('unknown');
    expect(verdict({ installed: ['rpm: not found', 127] })).toBe('unknown');
  });

  it('install whatever the settings say when the installing timer does it', () => {
    const timers: PartText = ['Id=dnf-automatic-install.timer\nLoadState=loaded\nActiveState=active\n', 0];
    expect(verdict({ timers, config: ['apply_updates = no', 0] })).toBe('works');
  });
});

describe('whatever comes back', () => {
  it('never throws, and never works when it is cut', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const whole = TEXT.replace('init|process_api', 'init|systemd');
        const cut = splitProbeOutput(whole.slice(0, Math.floor((whole.length - 1) * share)));
        expect(judgeAuto(parseAuto(cut)).level).not.toBe('ok');
      }),
    );
  });

  it('never throws on garbage, and finds nothing that works in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(judgeAuto(parseAuto(splitProbeOutput(`family|debian\nfamily=0\n${text}\n`))).verdict).not.toBe('works');
      }),
    );
  });
});
