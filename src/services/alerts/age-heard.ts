import type { HoldTimes } from '../../domain/inventory.ts';
import { advanceAlert } from './advance-alert.ts';
import type { Alert, Heard } from './alert.ts';
import { endLimit } from './heard-limit.ts';

export interface HeardMoment {
  readonly now: Date;
  readonly hold: HoldTimes;
}

const HOUR_MS = 3_600_000;
/** Alertmanager and Grafana repeat what fires every 4 h; a day without it is no accident. */
const STALE_MS = 26 * HOUR_MS;
const FORGOTTEN_MS = 7 * 24 * HOUR_MS;
/** How late we may hear of what goes on. */
const LATEST_MS = 90 * 24 * HOUR_MS;

/** What time alone does to alerts of the customer's monitoring: holds pass, and what nobody repeats is not known any more. */
export function ageHeard(alerts: readonly Alert[], moment: HeardMoment): readonly Alert[] {
  return endLimit(
    alerts.flatMap((alert) => (alert.heard === undefined ? alert : (age(alert, alert.heard, moment) ?? []))),
  );
}

function age(alert: Alert, heard: Heard, moment: HeardMoment): Alert | undefined {
  const silentMs = moment.now.getTime() - heard.at.getTime();
  if (silentMs > FORGOTTEN_MS) {
    return undefined;
  }
  return silentMs > STALE_MS && heard.level !== 'ok'
    ? { ...alert, severity: 'unknown', text: staleWords(heard), turning: undefined }
    : advanceHeard(alert, { ...alert, heard }, moment);
}

type Said = Pick<Alert, 'host' | 'signal' | 'subject' | 'title' | 'owner' | 'links'> & { readonly heard: Heard };

/** What was said holds until something else is said, so there are no gaps in which nobody looked. */
export function advanceHeard(known: Alert | undefined, said: Said, { now, hold }: HeardMoment): Alert | undefined {
  const { host, signal, subject, title, owner, links, heard } = said;
  const { level, text } = heard;
  const reading = { host, signal, subject, title, owner, links, level, text, isClear: level === 'ok' };
  const next = advanceAlert(known, reading, { now, hold, maxGapMs: Number.POSITIVE_INFINITY });
  return next && { ...next, firedAt: next.firedAt && beginOf(next.firedAt, heard), heard };
}

/** By their clock, when we have heard of it late; a date that makes no sense counts as none. */
function beginOf(firedAt: Date, { startsAt }: Heard): Date {
  const lateMs = firedAt.getTime() - startsAt.getTime();
  return lateMs > 0 && lateMs < LATEST_MS ? startsAt : firedAt;
}

function staleWords({ text, at }: Heard): string {
  const minute = at.toISOString().slice(0, 16).replace('T', ' ');
  return `unknown whether it goes on, since it was not repeated after ${minute} UTC: ${text}`;
}
