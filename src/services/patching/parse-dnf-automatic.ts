import { type ProbePart, type ProbeParts, shownWords } from '../../domain/probe-output.ts';
import { type AutoResult, type Mechanism, NO_MECHANISM } from './auto-sample.ts';
import { ageOf } from './package-numbers.ts';
import { newestTime, parseNow } from './parse-times.ts';
import { readUnits, type UnitSample } from './parse-units.ts';

type Settings = ReadonlyMap<string, string>;

/** The timer that installs whatever the settings say. */
const INSTALLING = 'dnf-automatic-install.timer';

/** dnf-automatic of the Red Hat family. */
export function parseDnfAutomatic(parts: ProbeParts): Mechanism {
  const isInstalled = readInstalled(parts.get('installed'));
  if (isInstalled !== true) {
    return { ...NO_MECHANISM, mechanism: isInstalled === false ? 'none' : undefined };
  }
  const timers = readUnits(parts.get('timers')).filter(({ exists }) => exists);
  const starter = timers.find(({ works }) => works) ?? timers[0];
  return {
    ...NO_MECHANISM,
    mechanism: 'dnf-automatic',
    ...readIntention(readSettings(parts.get('config')), starter),
    starter,
    refreshesLists: true,
    lastRunAgeSeconds: readLastRun(parts),
    lastResult: readResult(readUnits(parts.get('services'))),
  };
}

type Intention = Pick<Mechanism, 'enabled' | 'offBecause' | 'takesIn' | 'takesSecurity'>;

function readIntention(settings: Settings | undefined, starter: UnitSample | undefined): Partial<Intention> {
  const isForced = starter?.name === INSTALLING;
  if (settings === undefined) {
    return { enabled: isForced ? true : undefined };
  }
  const enabled = isForced || /^(?:yes|true|1|on)$/i.test(settings.get('apply_updates') ?? 'no');
  return {
    enabled,
    offBecause: enabled ? undefined : 'apply_updates is no in /etc/dnf/automatic.conf',
    takesIn: [settings.get('upgrade_type') === 'security' ? 'security' : 'all updates'],
    takesSecurity: true,
  };
}

function readInstalled(part: ProbePart | undefined): boolean | undefined {
  const lines = part?.lines ?? [];
  if (lines.some((line) => /^(?:dnf-automatic|dnf5-plugin-automatic|yum-cron) \d/.test(line))) {
    return true;
  }
  return lines.some((line) => /is not installed/.test(line)) ? false : undefined;
}

/** `key = value` of all sections; none has a key of another's name that is asked for here. */
function readSettings(part: ProbePart | undefined): Settings | undefined {
  const rows = (part?.lines ?? []).map((line) => /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line));
  const pairs = rows.flatMap((row) => (row ? [[row[1] ?? '', row[2] ?? ''] as const] : []));
  return part?.exitCode === 0 ? new Map(pairs) : undefined;
}

/** systemd's stamp of the timer, which outlives a reboot. */
function readLastRun(parts: ProbeParts): Mechanism['lastRunAgeSeconds'] {
  const runs = parts.get('runs');
  const newest = newestTime(runs);
  if (newest !== undefined) {
    return ageOf(newest, parseNow(parts.get('now')));
  }
  return runs !== undefined && runs.lines.length === 0 ? 'never' : undefined;
}

function readResult(services: readonly UnitSample[]): AutoResult | undefined {
  const result = services.map((service) => service.result).find((text) => text !== undefined);
  const succeeded = result === 'success';
  return result === undefined
    ? undefined
    : { succeeded, words: succeeded ? 'succeeded' : `failed: ${shownWords(result)}` };
}
