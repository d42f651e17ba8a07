import type { Finding } from '../../domain/host-report.ts';
import type { AutoSample, AutoStarter, AutoVerdict } from './auto-sample.ts';
import { judgeRestarts, listed, type PlanVerdict, STALE_LISTS_SECONDS, verdictOf } from './judge-plan.ts';
import { countSecurity } from './package-numbers.ts';

export interface AutoJudgment extends PlanVerdict {
  readonly verdict: AutoVerdict;
}

interface Reason {
  readonly verdict: AutoVerdict;
  readonly text: string;
}

/** Does the host keep the promise that security updates install by themselves? What is not known is no "works". */
export function judgeAuto(sample: AutoSample): AutoJudgment {
  const reason = whyOff(sample) ?? whyNotRunning(sample) ?? whyUnknown(sample);
  const broken: readonly Finding[] = reason ? [{ level: levelOf(reason, sample), text: reason.text }] : [];
  const gaps = sample.os.gaps.map((text): Finding => ({ level: 'unknown', text }));
  const findings = [...broken, ...judgeRemains(sample), ...judgeRestarts(sample.os), ...gaps];
  return { verdict: reason?.verdict ?? 'works', ...verdictOf(findings) };
}

/** Worse when something waits that should have been installed. */
function levelOf({ verdict }: Reason, { os }: AutoSample): Finding['level'] {
  if (verdict === 'unknown') {
    return 'unknown';
  }
  return countSecurity(os) === 0 ? 'warning' : 'critical';
}

function whyOff({ mechanism, enabled, offBecause, takesSecurity }: AutoSample): Reason | undefined {
  const off = (text: string): Reason => ({ verdict: 'off', text: `automatic updates are off: ${text}` });
  if (mechanism === 'none') {
    return off('nothing that installs them is installed');
  }
  if (enabled === false) {
    return off(offBecause ?? 'its settings say no');
  }
  return takesSecurity === false ? off('it takes in no security updates') : undefined;
}

const DAY_SECONDS = 86_400;
/** Of grace: the timer waits for a machine that was down, and a run may fail once. */
const GRACE_DAYS = 2;

function whyNotRunning(sample: AutoSample): Reason | undefined {
  const dead = sample.starter?.works === false ? describeStarter(sample.starter) : undefined;
  if (sample.lastRunAgeSeconds === 'never') {
    return { verdict: 'never_ran', text: `automatic updates never ran${dead ? `: ${dead}` : ''}` };
  }
  const cause = dead ?? whyOverdue(sample) ?? whyBlind(sample);
  return cause === undefined ? undefined : { verdict: 'stopped', text: `automatic updates have stopped: ${cause}` };
}

/** `apt-daily-upgrade.timer is masked`. */
export function describeStarter({ name, words }: AutoStarter): string {
  return name === 'cron' ? words : `${name} is ${words}`;
}

function whyOverdue({ lastRunAgeSeconds, everyDays, lastResult }: AutoSample): string | undefined {
  const failure = lastResult?.succeeded === false ? lastResult.words : undefined;
  const age = typeof lastRunAgeSeconds === 'number' ? lastRunAgeSeconds : 0;
  if (age > (everyDays + GRACE_DAYS) * DAY_SECONDS) {
    return `the last run that came to its end was ${days(age)} ago${failure ? `; its last words: ${failure}` : ''}`;
  }
  return failure === undefined ? undefined : `the last run failed: ${failure}`;
}

function whyBlind({ os: { listsAgeSeconds = 0 } }: AutoSample): string | undefined {
  return listsAgeSeconds < STALE_LISTS_SECONDS
    ? undefined
    : `it runs on package lists that are ${days(listsAgeSeconds)} old`;
}

function days(seconds: number): string {
  return `${Math.floor(seconds / DAY_SECONDS)} days`;
}

function whyUnknown(sample: AutoSample): Reason | undefined {
  const missing = [
    ...(sample.mechanism === undefined ? ['what installs them'] : []),
    ...(sample.mechanism !== undefined && sample.enabled === undefined ? ['its settings'] : []),
    ...(sample.takesSecurity === undefined ? ['whether it takes in security updates'] : []),
    ...(sample.starter?.works === undefined ? ['what starts it'] : []),
    ...(sample.lastRunAgeSeconds === undefined ? ['when it last ran'] : []),
  ];
  return missing.length > 0
    ? { verdict: 'unknown', text: `not known of automatic updates: ${listed(missing)}` }
    : undefined;
}

/** What automatic updates leave behind even when they work. */
function judgeRemains(sample: AutoSample): readonly Finding[] {
  const { os, refreshesLists, excludes, lastResult } = sample;
  const held = (os.pending ?? []).filter((update) => update.security && update.held).map(({ name }) => name);
  const warn = (text: string): Finding => ({ level: 'warning', text });
  const isUnclear = lastResult !== undefined && lastResult.succeeded === undefined;
  return [
    ...(held.length > 0 ? [warn(`held, so these security updates do not install: ${listed(held)}`)] : []),
    ...(excludes.length > 0 ? [warn(`left out by its settings: ${listed(excludes)}`)] : []),
    ...(refreshesLists === false
      ? [warn('it does not refresh the package lists: APT::Periodic::Update-Package-Lists')]
      : []),
    ...(isUnclear ? [warn(`how the last run ended is unclear: ${lastResult.words}`)] : []),
    ...(os.interrupted ? [warn('dpkg was interrupted; the next run repairs it or fails')] : []),
  ];
}
