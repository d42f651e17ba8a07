import type { AllowedHours } from '../domain/approval-policy.ts';
import type { RolloutFacts } from '../services/rollouts/ports.ts';
import { formatDuration, slackTime } from './format-numbers.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import { momentIn } from './zoned-times.ts';

/** In the time zone of the environment, and in the reader's: `Sun, Mar 8, 02:00 Europe/Berlin (… your time)`. */
export function dateInZone(date: Date, timeZone: string | undefined): string {
  return timeZone === undefined ? slackTime(date) : `${zoned(date, timeZone)} (${slackTime(date)} your time)`;
}

function zoned(date: Date, timeZone: string): string {
  return `${momentIn(date, timeZone)} ${escapeMrkdwn(timeZone)}`;
}

/** When it starts once it is approved. */
export function startInWords({ rollout, timeZone, allowedHours }: RolloutFacts): string {
  const { startAt } = rollout;
  const hours = allowedHours === undefined ? '' : hoursInWords(allowedHours, timeZone);
  if (startAt !== undefined) {
    return `not before ${dateInZone(startAt, timeZone)}${hours === '' ? '' : `, and only ${hours}`}`;
  }
  return hours === '' ? 'as soon as it is approved' : `as soon as it is approved, but only ${hours}`;
}

/** `within the allowed hours: mon, tue 20:00–04:00 Europe/Berlin`. */
function hoursInWords({ days, from, to, timeZone }: AllowedHours, ofEnvironment: string | undefined): string {
  const zone = timeZone ?? ofEnvironment;
  const where = zone === undefined ? '' : ` ${escapeMrkdwn(zone)}`;
  return `within the allowed hours: ${days.join(', ')} ${escapeMrkdwn(from)}–${escapeMrkdwn(to)}${where}`;
}

/** From one moment to another; `undefined` when it has not begun. */
export function elapsed(since: Date | undefined, until: Date): string | undefined {
  return since === undefined ? undefined : formatDuration((until.getTime() - since.getTime()) / 1000);
}
