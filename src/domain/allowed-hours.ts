import { DateTime } from 'luxon';
import { type AllowedHours, WEEKDAYS } from './approval-policy.ts';
import { firstMomentFrom, momentsOf, type WallTime } from './wall-time.ts';

/** A week and the windows before and after it; one more week because clocks can skip a short window as a whole. */
const DAYS_LOOKED_AT = 16;

/**
 * The first moment at or after `after` at which a change may start.
 *
 * @param zone IANA name, for hours without a zone of their own.
 * @throws when the hours name no day, which a checked configuration never does.
 */
export function nextAllowed(after: Date, hours: AllowedHours | undefined, zone: string): Date {
  if (hours === undefined) {
    return after;
  }
  const where = hours.timeZone ?? zone;
  const today = DateTime.fromJSDate(after, { zone: where });
  for (let days = -1; days < DAYS_LOOKED_AT; days += 1) {
    // Counted in UTC, where every day is there.
    const day = DateTime.utc(today.year, today.month, today.day).plus({ days });
    const window = windowOf(day, hours, where);
    if (window !== undefined && window.end > after) {
      return window.start > after ? window.start : after;
    }
  }
  throw new Error('The allowed hours name no day on which a change may start.');
}

/** May a change start at this moment? */
export function isAllowed(at: Date, hours: AllowedHours | undefined, zone: string): boolean {
  return nextAllowed(at, hours, zone).getTime() === at.getTime();
}

interface Window {
  readonly start: Date;
  /** Not part of it. */
  readonly end: Date;
}

/**
 * The window that begins on this day. Where clocks are put back, only what is within the hours by any reading:
 * from the second time that they show `from` to the first time that they show `to`.
 */
function windowOf(day: DateTime, { days, from, to }: AllowedHours, zone: string): Window | undefined {
  if (!days.some((name) => WEEKDAYS.indexOf(name) + 1 === day.weekday)) {
    return undefined;
  }
  const opens = wallTimeOn(day, from);
  const closes = wallTimeOn(minutesOf(to) > minutesOf(from) ? day : day.plus({ days: 1 }), to);
  const start = momentsOf(opens, zone).at(-1) ?? firstMomentFrom(opens, zone);
  const end = momentsOf(closes, zone).find((moment) => moment > start) ?? firstMomentFrom(closes, zone);
  return end > start ? { start, end } : undefined;
}

function wallTimeOn(day: DateTime, time: string): WallTime {
  const { year, month, day: date, hour, minute } = day.plus({ minutes: minutesOf(time) });
  return { year, month, day: date, hour, minute };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
