import { count } from '../../domain/count.ts';
import { clean } from '../mrkdwn.ts';
import { minuteIn, momentIn } from '../zoned-times.ts';

/** `Sun, Mar 1, 04:00 Europe/Zurich (03:00 UTC)`. For readers without Slack's own dates. */
export function momentInWords(date: Date, timeZone: string): string {
  return withZone(momentIn(date, timeZone), date, timeZone);
}

/** `04:00 Europe/Zurich (03:00 UTC)`. */
export function minuteInWords(date: Date, timeZone: string): string {
  return withZone(minuteIn(date, timeZone), date, timeZone);
}

/** `14 minutes`, `3 hours`: the largest unit, rounded down. */
export function longDuration(ms: number): string {
  const units = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ] as const;
  const [size, unit] = units.find(([length]) => ms >= length) ?? [1_000, 'second'];
  return count(Math.max(0, Math.floor(ms / size)), unit);
}

function withZone(there: string, date: Date, timeZone: string): string {
  const isUtc = timeZone === 'UTC' || timeZone === 'Etc/UTC';
  return isUtc ? `${there} UTC` : `${there} ${clean(timeZone)} (${minuteIn(date, 'UTC')} UTC)`;
}
