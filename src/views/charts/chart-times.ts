import { DateTime } from 'luxon';
import { momentsOf } from '../../domain/wall-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Between labels. Up to a quarter of an hour they fall on the same moments in every time zone. */
const INTERVALS = [
  ...[MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 2 * DAY, 5 * DAY, 10 * DAY],
];
const QUARTER = 15 * MINUTE;

export interface TimeSpan {
  readonly from: Date;
  readonly until: Date;
  /** IANA name. */
  readonly timeZone: string;
}

export interface TimeLabel {
  readonly at: Date;
  /** `14:30`, or `Nov 23` where a day begins. */
  readonly text: string;
  readonly isDay: boolean;
}

/** Round times of the clocks there, from the first to the last, `most` at most. A day of 23 or 25 hours has its own. */
export function timeLabels(span: TimeSpan, most: number): readonly TimeLabel[] {
  const length = span.until.getTime() - span.from.getTime();
  const interval = INTERVALS.find((ms) => length / ms <= most) ?? 10 * DAY;
  const moments = interval <= QUARTER ? evenMoments(span, interval) : wallMoments(span, interval);
  return moments.filter((at) => at >= span.from && at <= span.until).map((at) => toLabel(at, span.timeZone));
}

function evenMoments({ from, until }: TimeSpan, interval: number): readonly Date[] {
  const first = Math.ceil(from.getTime() / interval) * interval;
  const count = Math.max(0, Math.floor((until.getTime() - first) / interval) + 1);
  return Array.from({ length: count }, (_, index) => new Date(first + index * interval));
}

function wallMoments({ from, until, timeZone }: TimeSpan, interval: number): readonly Date[] {
  const firstDay = DateTime.fromJSDate(from, { zone: timeZone }).startOf('day');
  const days = Math.ceil((until.getTime() - firstDay.toMillis()) / DAY) + 1;
  const stepDays = Math.max(1, interval / DAY);
  const minutes = interval >= DAY ? [0] : evenMinutes(interval / MINUTE);
  return Array.from({ length: Math.ceil(days / stepDays) }, (_, index) => firstDay.plus({ days: index * stepDays }))
    .flatMap(({ year, month, day }) =>
      minutes.flatMap((of) => momentsOf({ year, month, day, hour: Math.floor(of / 60), minute: of % 60 }, timeZone)),
    )
    .toSorted((one, other) => one.getTime() - other.getTime());
}

function evenMinutes(step: number): readonly number[] {
  return Array.from({ length: (24 * 60) / step }, (_, index) => index * step);
}

function toLabel(at: Date, timeZone: string): TimeLabel {
  const local = inZone(at, timeZone);
  const isDay = local.hour === 0 && local.minute === 0;
  return { at, text: local.toFormat(isDay ? 'LLL d' : 'HH:mm'), isDay };
}

/** `Mon, Nov 23, 04:00 to 07:00 Europe/Berlin (UTC+1)`. */
export function timesInWords({ from, until, timeZone }: TimeSpan): string {
  const [first, last] = [from, until].map((at) => inZone(at, timeZone));
  const isSameDay = first?.toISODate() === last?.toISODate();
  const end = last?.toFormat(isSameDay ? 'HH:mm' : 'ccc, LLL d, HH:mm');
  const offsets = [...new Set([first?.toFormat('Z'), last?.toFormat('Z')])].map((offset) => `UTC${offset}`);
  return `${first?.toFormat('ccc, LLL d, HH:mm')} to ${end} ${timeZone} (${offsets.join(', then ')})`;
}

/** `Mon, Nov 23, 04:00`. */
export function momentInWords(at: Date, timeZone: string): string {
  return inZone(at, timeZone).toFormat('ccc, LLL d, HH:mm');
}

function inZone(at: Date, timeZone: string): DateTime {
  return DateTime.fromJSDate(at, { zone: timeZone }).setLocale('en-US');
}
