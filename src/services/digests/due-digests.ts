import { DateTime } from 'luxon';
import { WEEKDAYS, type Weekday } from '../../domain/approval-policy.ts';
import type { Customer, Environment } from '../../domain/inventory.ts';
import type { DigestSettings } from '../../domain/receivers.ts';
import { firstMomentFrom } from '../../domain/wall-time.ts';
import type { Digest } from './digest.ts';

/** What is remembered of the digests of one kind of one environment. JSON. */
export interface DigestMark {
  /** The day of the last one that was sent, or that was over when it was first heard of: `2026-03-01`. */
  readonly date: string;
  /** By which clock; another one is news. */
  readonly schedule: string;
  /** The day of one that could not be made so far. */
  readonly failed?: string | undefined;
}

/** A digest that is on the calendar of an environment, and its time has come. */
export interface CalendarDigest {
  /** `daily:acme/prod`: of its mark. */
  readonly key: string;
  readonly kind: Digest['kind'];
  readonly environment: Environment;
  readonly channelIds: readonly string[];
  /** By the customer's clock: `2026-03-01`. */
  readonly date: string;
  readonly at: Date;
  readonly schedule: string;
}

export interface DueDigest extends CalendarDigest {
  /** `send`; or `note` that it is the first that is heard of this calendar: what is past is not sent. */
  readonly decision: 'send' | 'note';
  /** What to remember afterwards. */
  readonly mark: DigestMark;
  readonly lateSince?: Date | undefined;
  readonly lateBecause?: 'failed' | undefined;
}

const KIND_OF_CHANNEL = { daily: 'ops', weekly: 'shared' } as const;
/** A tick may be some minutes late without anybody calling it late. */
const LATE_MS = 15 * 60_000;

/** What has to be done now. Of several missed ones of the same environment and kind only the latest. */
export function dueDigests(
  calendar: readonly CalendarDigest[],
  marks: ReadonlyMap<string, DigestMark>,
  now: Date,
): readonly DueDigest[] {
  return calendar.flatMap((latest) => decide(latest, marks.get(latest.key), now) ?? []);
}

function decide(latest: CalendarDigest, mark: DigestMark | undefined, now: Date): DueDigest | undefined {
  const { date, schedule, at } = latest;
  if (mark?.schedule !== schedule) {
    const known = mark !== undefined && mark.date > date ? mark.date : date;
    return { ...latest, decision: 'note', mark: { date: known, schedule } };
  }
  if (date <= mark.date) {
    return undefined;
  }
  const isLate = now.getTime() - at.getTime() > LATE_MS;
  return {
    ...{ ...latest, decision: 'send', mark: { date, schedule } },
    lateSince: isLate ? at : undefined,
    lateBecause: isLate && mark.failed === date ? 'failed' : undefined,
  };
}

/** The latest digest of each kind and each production environment, whether it was sent or not. */
export function latestDigests(customers: readonly Customer[], now: Date): readonly CalendarDigest[] {
  return customers.flatMap(({ id, environments, channels, digests }) => {
    const production = environments.filter((environment) => environment.production);
    const times = digests === undefined ? [] : timesOf(digests);
    return times.flatMap(({ kind, time, timeZone }) => {
      const latest = latestMoment(time, timeZone, now);
      const bound = channels.filter((channel) => channel.kind === KIND_OF_CHANNEL[kind]);
      const channelIds = bound.map(({ channelId }) => channelId);
      const schedule = JSON.stringify([timeZone, time.weekday, time.hour, time.minute]);
      return production.map((environment) => ({
        ...{ key: `${kind}:${id}/${environment.name}`, kind, environment, channelIds, schedule, ...latest },
      }));
    });
  });
}

interface DigestTime {
  readonly hour: number;
  readonly minute: number;
  /** Missing: every day. */
  readonly weekday?: Weekday | undefined;
}

function timesOf({ daily, weekly, timeZone }: DigestSettings) {
  return [
    ...(daily === undefined ? [] : [{ kind: 'daily' as const, time: daily as DigestTime, timeZone }]),
    ...(weekly === undefined ? [] : [{ kind: 'weekly' as const, time: weekly as DigestTime, timeZone }]),
  ];
}

/**
 * The last day on which clocks of the zone have shown this time, and when: the first moment of it or behind it. An hour
 * that is skipped comes at once after the gap, one that comes twice the first time.
 */
export function latestMoment(
  { hour, minute, weekday }: DigestTime,
  zone: string,
  now: Date,
): Pick<CalendarDigest, 'date' | 'at'> {
  const today = DateTime.fromJSDate(now, { zone });
  for (let back = 0; ; back += 1) {
    const day = today.minus({ days: back });
    const isWanted = weekday === undefined || WEEKDAYS[day.weekday - 1] === weekday;
    const at = firstMomentFrom({ year: day.year, month: day.month, day: day.day, hour, minute }, zone);
    if (isWanted && at <= now) {
      return { date: day.toISODate() ?? '', at };
    }
  }
}
