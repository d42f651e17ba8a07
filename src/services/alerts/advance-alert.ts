import type { HoldTimes } from '../../domain/inventory.ts';
import type { Alert, Severity } from './alert.ts';
import type { Reading } from './reading.ts';

export interface Moment {
  readonly now: Date;
  readonly hold: HoldTimes;
  readonly maxGapMs: number;
}

type Bad = Reading & { readonly level: Severity };

export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { unknown: 0, warning: 1, critical: 2 };

/** What one reading makes of one alert. `undefined`: there is none, or none any more. */
export function advanceAlert(found: Alert | undefined, reading: Reading, moment: Moment): Alert | undefined {
  const known = found && withoutGap(found, moment);
  const next =
    known === undefined || known.state === 'pending' ? begin(known, reading, moment) : goOn(known, reading, moment);
  const text = isBad(reading) ? reading.text : next?.text;
  return next && text !== undefined ? { ...next, ...labelsOf(reading), text, seenAt: moment.now } : next;
}

function labelsOf({ hop, owner, title, links }: Reading): Pick<Alert, 'hop' | 'owner' | 'title' | 'links'> {
  return { hop, owner, title, links };
}

function isBad(reading: Reading): reading is Bad {
  return reading.level !== 'ok';
}

/** Waits until the hold of its severity has passed; one that is well before that was nothing. */
function begin(known: Alert | undefined, reading: Reading, { now, hold }: Moment): Alert | undefined {
  if (!isBad(reading)) {
    return undefined;
  }
  const { host, signal, subject, level: severity, text } = reading;
  const since = known?.since ?? now;
  const turning = severity === 'critical' ? turn(known, 'critical', now) : undefined;
  const pending = { ...known, host, signal, subject, state: 'pending', severity, text, since, turning } as const;
  if (turning !== undefined && hasPassed(turning.since, hold.criticalMs, now)) {
    return { ...pending, state: 'firing', since: now, firedAt: now, turning: undefined };
  }
  if (!hasPassed(since, hold.warningMs, now)) {
    return pending;
  }
  // Not well for long enough to be told, and not critical for long enough to be called so.
  const toldAs = turning === undefined ? severity : 'warning';
  return { ...pending, state: 'firing', severity: toldAs, since: now, firedAt: now };
}

/** Between the levels at which it begins and ends, it stays. */
function goOn(known: Alert, reading: Reading, moment: Moment): Alert | undefined {
  const { now, hold } = moment;
  if (reading.level === 'ok' && reading.isClear) {
    const since = known.state === 'clearing' ? known.since : now;
    return hasPassed(since, hold.clearMs, now) ? undefined : { ...known, state: 'clearing', since, turning: undefined };
  }
  const since = known.state === 'firing' ? known.since : now;
  return reseverity({ ...known, state: 'firing', since }, reading, moment);
}

/** Rises when the higher severity has held, and falls when the lower one has lasted as long as an end would need. */
function reseverity(firing: Alert, { level }: Reading, { now, hold }: Moment): Alert {
  const to = severityOf(level, firing.severity);
  if (to === firing.severity) {
    return { ...firing, turning: undefined };
  }
  const turning = turn(firing, to, now);
  return hasPassed(turning.since, holdOf(firing.severity, to, hold), now)
    ? { ...firing, severity: to, turning: undefined }
    : { ...firing, turning };
}

/** Something unknown is no reason to call an alert less than it was. */
function severityOf(level: Reading['level'], told: Severity): Severity {
  if (level === 'unknown') {
    return told;
  }
  return level === 'ok' ? lower(told) : level;
}

function lower(told: Severity): Severity {
  return told === 'critical' ? 'warning' : told;
}

function holdOf(from: Severity, to: Severity, hold: HoldTimes): number {
  if (SEVERITY_RANK[to] < SEVERITY_RANK[from]) {
    return hold.clearMs;
  }
  return to === 'critical' ? hold.criticalMs : hold.warningMs;
}

function turn(known: Alert | undefined, to: Severity, now: Date): NonNullable<Alert['turning']> {
  return known?.turning?.to === to ? known.turning : { to, since: now };
}

function hasPassed(since: Date, ms: number, now: Date): boolean {
  return now.getTime() - since.getTime() >= ms;
}

/** Time in which nobody looked proves nothing: clocks that wait stand still meanwhile. */
function withoutGap(alert: Alert, { now, maxGapMs }: Moment): Alert {
  const gapMs = alert.seenAt === undefined ? 0 : now.getTime() - alert.seenAt.getTime();
  if (gapMs <= maxGapMs) {
    return alert;
  }
  const later = (at: Date): Date => new Date(at.getTime() + gapMs);
  const { turning } = alert;
  return {
    ...alert,
    since: alert.state === 'firing' ? alert.since : later(alert.since),
    turning: turning && { ...turning, since: later(turning.since) },
  };
}
