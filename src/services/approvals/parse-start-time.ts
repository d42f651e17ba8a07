import { DateTime } from 'luxon';
import { WEEKDAYS, type Weekday } from '../../domain/approval-policy.ts';
import { readDuration } from '../../domain/duration.ts';
import { UserError } from '../../domain/errors.ts';
import { firstMomentFrom, momentsOf, type WallTime } from '../../domain/wall-time.ts';

const HINT = 'Write it like `02:00`, `sun 02:00`, `tomorrow 22:00`, `2026-11-29 02:00` or `in 2h`.';
const FARTHEST_DAYS = 366;
const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})`;
const AFTER = /^in (?<duration>\S+)$/;
const AT = new RegExp(`^(?:at )?(?:(?<day>[a-z]+|\\d{4}-\\d{2}-\\d{2})(?: |, ?| at |t))?${TIME}$`);

/**
 * When somebody wants a change to start: the next such time after now, on the clocks of the environment. A time that
 * clocks show twice is the first of the two that is still to come.
 *
 * @param text `02:00`, `sun 02:00`, `sunday 2:00`, `today 22:00`, `tomorrow 22:00`, `2026-11-29 02:00` or `in 2h`.
 * @param zone IANA name.
 * @throws {UserError} when it is none of these, over, more than a year ahead, or skipped by the clocks.
 */
export function parseStartTime(text: string, zone: string, now: Date): Date {
  const typed = text
    .trim()
    .toLowerCase()
    .replaceAll(/[‐‑‒–—−]/g, '-')
    .replaceAll(/\s+/g, ' ');
  const { duration } = AFTER.exec(typed)?.groups ?? {};
  const start = duration === undefined ? atTime(typed, zone, now) : afterDuration(duration, now);
  if (start.getTime() - now.getTime() > FARTHEST_DAYS * 86_400_000) {
    throw new UserError('That is more than a year ahead.', { hint: HINT });
  }
  return start;
}

function afterDuration(typed: string, now: Date): Date {
  const ms = readDuration(typed);
  if (ms === undefined) {
    throw nonsense();
  }
  return new Date(now.getTime() + ms);
}

function atTime(typed: string, zone: string, now: Date): Date {
  const { day, hour = '', minute = '' } = AT.exec(typed)?.groups ?? {};
  const time = { hour: Number(hour), minute: Number(minute) };
  if (hour === '' || time.hour > 23 || time.minute > 59) {
    throw nonsense();
  }
  const local = DateTime.fromJSDate(now, { zone });
  for (const { year, month, day: date } of daysMeant(day, local)) {
    const wall = { year, month, day: date, ...time };
    const next = momentsOf(wall, zone).find((moment) => moment > now) ?? firstMomentFrom(wall, zone);
    if (next > now) {
      return unlessSkipped(next, wall, zone);
    }
  }
  throw new UserError(`That time is over: in ${zone} it is ${local.toFormat('yyyy-MM-dd HH:mm')} now.`, { hint: HINT });
}

/** The days on which it can be, the nearest one first. Counted in UTC, where every day is there. */
function daysMeant(day: string | undefined, { year, month, day: date, weekday }: DateTime): readonly DateTime[] {
  const today = DateTime.utc(year, month, date);
  const inDays = (...counts: number[]) => counts.map((days) => today.plus({ days }));
  if (day === undefined) {
    return inDays(0, 1);
  }
  if (day === 'today' || day === 'tomorrow') {
    return inDays(day === 'today' ? 0 : 1);
  }
  const named = WEEKDAYS.findIndex((name) => day.startsWith(name) && DAY_NAMES[name].startsWith(day)) + 1;
  if (named > 0) {
    const days = (named - weekday + 7) % 7;
    return inDays(days, days + 7);
  }
  const written = DateTime.fromISO(day, { zone: 'utc' });
  if (!written.isValid) {
    throw nonsense();
  }
  return [written];
}

const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};

/** Better to ask than to start at another time than the one that was typed. */
function unlessSkipped(next: Date, wall: WallTime, zone: string): Date {
  const shown = DateTime.fromJSDate(next, { zone });
  if (shown.hour === wall.hour && shown.minute === wall.minute && shown.day === wall.day) {
    return next;
  }
  const typed = DateTime.utc(wall.year, wall.month, wall.day, wall.hour, wall.minute).toFormat('yyyy-MM-dd HH:mm');
  throw new UserError(`The clocks of ${zone} skip ${typed}.`, {
    hint: `The first time after it is \`${shown.toFormat('yyyy-MM-dd HH:mm')}\`.`,
  });
}

function nonsense(): UserError {
  return new UserError('That is not a time that I understand.', { hint: HINT });
}
