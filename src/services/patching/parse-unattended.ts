import { type ProbePart, type ProbeParts, shownWords } from '../../domain/probe-output.ts';
import { type AptSettings, readAptSettings, readInterval, settingOf } from './apt-settings.ts';
import { type AutoStarter, type Mechanism, NO_MECHANISM } from './auto-sample.ts';
import { ageOf } from './package-numbers.ts';
import { parseNow, parseTimes } from './parse-times.ts';
import { readUnits } from './parse-units.ts';
import { hasNoRun, readLastResult } from './parse-upgrades-log.ts';

/** unattended-upgrades of Debian and Ubuntu. */
export function parseUnattended(parts: ProbeParts): Mechanism {
  const isInstalled = readInstalled(parts.get('installed'));
  if (isInstalled !== true) {
    return { ...NO_MECHANISM, mechanism: isInstalled === false ? 'none' : undefined };
  }
  const settings = readAptSettings(parts.get('config'));
  const offBecause = settings && whyOff(settings);
  const interval = settings && readInterval(settingOf(settings, INSTALLS));
  const refreshes = settings && readInterval(settingOf(settings, REFRESHES)) !== undefined;
  return {
    mechanism: 'unattended-upgrades',
    enabled: settings && offBecause === undefined,
    offBecause,
    starter: readStarter(parts),
    ...readOrigins(settings),
    refreshesLists: refreshes,
    everyDays: interval ?? 1,
    lastRunAgeSeconds: readLastRun(parts),
    lastResult: readLastResult(parts.get('log')),
  };
}

const INSTALLS = 'APT::Periodic::Unattended-Upgrade';
const REFRESHES = 'APT::Periodic::Update-Package-Lists';
const SWITCH = 'APT::Periodic::Enable';

function readInstalled(part: ProbePart | undefined): boolean | undefined {
  if (part?.exitCode === 0) {
    return part.lines.some((line) => line.startsWith('installed '));
  }
  return part?.lines.some((line) => /no packages found/.test(line)) ? false : undefined;
}

function whyOff(settings: AptSettings): string | undefined {
  const enable = settingOf(settings, SWITCH) ?? '1';
  if (enable === '0') {
    return `${SWITCH} is 0`;
  }
  const installs = settingOf(settings, INSTALLS);
  return readInterval(installs) === undefined
    ? `${INSTALLS} is ${installs ? shownWords(installs) : 'not set'}`
    : undefined;
}

function readOrigins(settings: AptSettings | undefined): Pick<Mechanism, 'takesIn' | 'takesSecurity' | 'excludes'> {
  const patterns = settings?.get('unattended-upgrade::origins-pattern') ?? [];
  const allowed = settings?.get('unattended-upgrade::allowed-origins') ?? [];
  const entries = [...patterns, ...allowed];
  const takesIn = entries.map((entry) => shownWords(/(?:^|,)\s*(?:l|label)=([^,]+)/.exec(entry)?.[1] ?? entry));
  return {
    takesIn: settings && [...new Set(takesIn)],
    takesSecurity: settings && takesSecurity(entries),
    excludes: (settings?.get('unattended-upgrade::package-blacklist') ?? []).map(shownWords),
  };
}

/** A pattern that names neither a label nor a suite may take in security updates or not. */
function takesSecurity(entries: readonly string[]): boolean | undefined {
  if (entries.some((entry) => /security|UbuntuESM/i.test(entry))) {
    return true;
  }
  const isNarrow = (entry: string): boolean => /(?:^|,)\s*(?:l|label|a|archive|suite|n|codename)=|:/.test(entry);
  return entries.every(isNarrow) ? false : undefined;
}

/** `upgrade-stamp` is written by the daily run alone; the other one also when somebody tried a dry run. */
function readLastRun(parts: ProbeParts): Mechanism['lastRunAgeSeconds'] {
  const times = parseTimes(parts.get('runs'));
  const daily = times.get('/var/lib/apt/periodic/upgrade-stamp');
  const any = times.get('/var/lib/apt/periodic/unattended-upgrades-stamp');
  const time = daily ?? any;
  if (time !== undefined) {
    return ageOf(time, parseNow(parts.get('now')));
  }
  return hasNoRun(parts.get('log')) && parts.has('runs') ? 'never' : undefined;
}

const TIMER = 'apt-daily-upgrade.timer';

/** With systemd the timer; without it cron, whose job does nothing where systemd runs. */
function readStarter(parts: ProbeParts): AutoStarter | undefined {
  const [init] = parts.get('init')?.lines ?? [];
  if (init === undefined) {
    return undefined;
  }
  if (init !== 'systemd') {
    const hasJob = parts.get('cron')?.exitCode === 0;
    const works = hasJob && parts.get('crond')?.exitCode === 0;
    const words = works ? 'cron runs' : hasJob ? 'cron does not run' : '/etc/cron.daily/apt-compat is not there';
    return { name: 'cron', works, words };
  }
  return (
    readUnits(parts.get('timers')).find(({ name }) => name === TIMER) ?? {
      name: TIMER,
      works: undefined,
      words: 'unknown',
    }
  );
}
