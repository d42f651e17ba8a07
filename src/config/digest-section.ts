import * as z from 'zod';
import { WEEKDAYS, type Weekday } from '../domain/approval-policy.ts';
import type { DigestSettings } from '../domain/receivers.ts';
import { section, TimeZone, text } from './fields.ts';

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const TimeOfDay = text(CLOCK, 'a time of day in quotes, such as "08:00"');
const DayAndTime = text(
  new RegExp(`^(?:${WEEKDAYS.join('|')}) (?:[01]\\d|2[0-3]):[0-5]\\d$`),
  'a day and a time, such as "mon 09:00"',
);

const DigestObject = section({
  time_zone: TimeZone,
  daily: TimeOfDay.optional(),
  weekly: DayAndTime.optional(),
}).refine(({ daily, weekly }) => daily !== undefined || weekly !== undefined, 'must have `daily`, `weekly` or both');

/** When reports come by themselves. */
export const DigestSection = z.preprocess((value) => (value === 'off' ? undefined : value), DigestObject.optional());
export type DigestSection = z.infer<typeof DigestSection>;

export function toDigests(section: DigestSection): DigestSettings | undefined {
  if (section === undefined) {
    return undefined;
  }
  const { time_zone: timeZone, daily, weekly } = section;
  const [weekday, at = ''] = weekly?.split(' ') ?? [];
  return {
    timeZone,
    daily: daily === undefined ? undefined : timeOf(daily),
    weekly: weekday === undefined ? undefined : { weekday: weekday as Weekday, ...timeOf(at) },
  };
}

function timeOf(text: string): { hour: number; minute: number } {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return { hour, minute };
}
