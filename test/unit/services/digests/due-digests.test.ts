import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DigestSettings } from '../../../../src/domain/receivers.ts';
import {
  type DigestMark,
  type DueDigest,
  dueDigests,
  latestDigests,
  latestMoment,
} from '../../../../src/services/digests/due-digests.ts';
import { aDigestCustomer, DAY } from './digest-builders.ts';

const MINUTE = 60_000;
const ZURICH = 'Europe/Zurich';
const at = (text: string) => new Date(text);

function due(now: Date, marks: Record<string, DigestMark>, digests?: DigestSettings): readonly DueDigest[] {
  const calendar = latestDigests([aDigestCustomer(digests === undefined ? {} : { digests })], now);
  return dueDigests(calendar, new Map(Object.entries(marks)), now);
}

const DAILY = 'daily:acme/prod';
const AT_EIGHT = JSON.stringify([ZURICH, undefined, 8, 0]);
const sent = (date: string): Record<string, DigestMark> => ({ [DAILY]: { date, schedule: AT_EIGHT } });
const daily = (now: string, marks: Record<string, DigestMark>) =>
  due(at(now), marks).filter(({ kind }) => kind === 'daily');

describe('dueDigests', () => {
  it('sends the one of today to the ops channels, and the one of the week to the shared channel', () => {
    const weekly = { date: '2026-02-23', schedule: JSON.stringify([ZURICH, 'mon', 9, 30]) };
    const found = due(at('2026-03-02T08:31:00Z'), { ...sent('2026-03-01'), 'weekly:acme/prod': weekly });
    expect(found).toMatchObject([
      { key: DAILY, decision: 'send', date: '2026-03-02', channelIds: ['C0ACMEOPS', 'C0OPSALL'] },
      { key: 'weekly:acme/prod', decision: 'send', date: '2026-03-02', channelIds: ['C0ACMESHARED'] },
    ]);
    expect(found.map(({ lateSince }) => lateSince)).toEqual([at('2026-03-02T07:00:00Z'), undefined]);
  });

  it('sends nothing before its time, nothing twice, and nothing of what is not production', () => {
    expect(daily('2026-03-02T06:59:00Z', sent('2026-03-01'))).toEqual([]);
    expect(daily('2026-03-02T07:00:00Z', sent('2026-03-01'))).toHaveLength(1);
    expect(daily('2026-03-02T23:00:00Z', sent('2026-03-02'))).toEqual([]);
  });

  it('sends the latest missed one, late, and not the others', () => {
    const [only, ...others] = daily('2026-03-06T11:00:00Z', sent('2026-03-01'));
    expect(only).toMatchObject({ date: '2026-03-06', lateSince: at('2026-03-06T07:00:00Z'), lateBecause: undefined });
    expect(others).toEqual([]);
  });

  it('is not called late within a quarter of an hour, and says when it was tried before', () => {
    expect(daily('2026-03-02T07:15:00Z', sent('2026-03-01'))[0]?.lateSince).toBeUndefined();
    const failed = { [DAILY]: { ...sent('2026-03-01')[DAILY]!, failed: '2026-03-02' } };
    expect(daily('2026-03-02T07:20:00Z', failed)[0]).toMatchObject({ lateBecause: 'failed' });
    expect(daily('2026-03-03T09:00:00Z', failed)[0]?.lateBecause).toBeUndefined();
  });

  it('does not send what is past when a calendar is new or changed', () => {
    expect(daily('2026-03-02T12:00:00Z', {})).toMatchObject([{ decision: 'note', mark: { date: '2026-03-02' } }]);
    const evening = { [DAILY]: { date: '2026-03-01', schedule: JSON.stringify([ZURICH, undefined, 18, 0]) } };
    expect(daily('2026-03-02T12:00:00Z', evening)).toMatchObject([{ decision: 'note', mark: { schedule: AT_EIGHT } }]);
    const tokyo = { [DAILY]: { date: '2026-03-02', schedule: JSON.stringify(['Asia/Tokyo', undefined, 8, 0]) } };
    expect(daily('2026-03-02T06:00:00Z', tokyo)).toMatchObject([{ decision: 'note', mark: { date: '2026-03-02' } }]);
  });

  it('has none of a customer who wants none', () => {
    expect(latestDigests([aDigestCustomer({ digests: undefined })], at('2026-03-02T12:00:00Z'))).toEqual([]);
    expect(latestDigests([aDigestCustomer({ digests: { timeZone: ZURICH } })], at('2026-03-02T12:00:00Z'))).toEqual([]);
  });
});

describe('an hour of the clock', () => {
  it.each([
    // Skipped: 02:00 to 03:00 in Zurich, 00:00 to 01:00 in Beirut and Cairo.
    {
      zone: ZURICH,
      hour: 2,
      minute: 30,
      now: '2026-03-29T12:00:00Z',
      date: '2026-03-29',
      moment: '2026-03-29T01:00:00Z',
    },
    {
      zone: 'Asia/Beirut',
      hour: 0,
      minute: 30,
      now: '2026-03-29T12:00:00Z',
      date: '2026-03-29',
      moment: '2026-03-28T22:00:00Z',
    },
    // Twice: the first one counts.
    {
      zone: ZURICH,
      hour: 2,
      minute: 30,
      now: '2026-10-25T12:00:00Z',
      date: '2026-10-25',
      moment: '2026-10-25T00:30:00Z',
    },
    {
      zone: ZURICH,
      hour: 2,
      minute: 30,
      now: '2026-10-25T01:00:00Z',
      date: '2026-10-25',
      moment: '2026-10-25T00:30:00Z',
    },
    {
      zone: 'Australia/Lord_Howe',
      hour: 2,
      minute: 15,
      now: '2026-10-04T12:00:00Z',
      date: '2026-10-04',
      moment: '2026-10-03T15:30:00Z',
    },
    {
      zone: 'Asia/Kathmandu',
      hour: 8,
      minute: 0,
      now: '2026-03-02T12:00:00Z',
      date: '2026-03-02',
      moment: '2026-03-02T02:15:00Z',
    },
  ])('$zone $hour:$minute, by $now', ({ zone, hour, minute, now, date, moment }) => {
    expect(latestMoment({ hour, minute }, zone, at(now))).toEqual({ date, at: at(moment) });
  });
});

const ZONES = [
  ...[ZURICH, 'America/New_York', 'Asia/Beirut', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Santiago'],
  ...['Asia/Kathmandu', 'Pacific/Kiritimati', 'America/St_Johns', 'Africa/Casablanca', 'UTC'],
];
/** Around the changes of the clock, north and south. */
const starts = fc
  .tuple(fc.constantFrom(2, 3, 8, 9, 10), fc.integer({ min: 2024, max: 2030 }), fc.nat(27), fc.nat(1439))
  .map(([month, year, day, minute]) => new Date(Date.UTC(year, month, day + 1, 0, minute)));
const scenarios = fc.record({
  zone: fc.constantFrom(...ZONES),
  hour: fc.nat(23),
  minute: fc.nat(59),
  start: starts,
  /** Minutes without a bot between two ticks; mostly none. */
  outages: fc.array(fc.oneof({ weight: 30, arbitrary: fc.constant(0) }, fc.integer({ min: 30, max: 4000 })), {
    minLength: 50,
    maxLength: 50,
  }),
});

type Scenario = typeof scenarios extends fc.Arbitrary<infer Value> ? Value : never;

interface Sent {
  readonly date: string;
  readonly at: Date;
  readonly when: Date;
  readonly lateSince: Date | undefined;
  /** Since the tick before. */
  readonly idle: number;
}

const TICK = 15 * MINUTE;
const TICKS_AN_OUTAGE = 20;

/** Some days of ticks with outages, and as many marks as a bot would keep. */
function live({ zone, hour, minute, start, outages }: Scenario): readonly Sent[] {
  const digests = { timeZone: zone, daily: { hour, minute } };
  const idles = outages.flatMap((outage) => [
    outage * MINUTE + TICK,
    ...Array.from({ length: TICKS_AN_OUTAGE - 1 }, () => TICK),
  ]);
  let marks: Record<string, DigestMark> = {};
  let now = start.getTime();
  return idles.flatMap((idle) => {
    now += idle;
    const [found] = due(new Date(now), marks, digests);
    marks = found === undefined ? marks : { [DAILY]: found.mark };
    return found?.decision === 'send' ? [{ ...found, when: new Date(now), lateSince: found.lateSince, idle }] : [];
  });
}

/** The slow way: the first minute at which the calendar and the clock show this or more. */
function firstMinute(date: string, time: string, zone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone: zone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' },
  });
  const isThere = (step: number): boolean => format.format(step) >= `${date} ${time}`;
  const firstOf = (from: number, stride: number): number => {
    let step = from;
    while (!isThere(step)) {
      step += stride;
    }
    return step;
  };
  const coarse = firstOf(new Date(`${date}T12:00:00Z`).getTime() - 2 * DAY, 15 * MINUTE);
  // It may have been there shortly before its clocks went back.
  return firstOf(coarse - 120 * MINUTE, MINUTE);
}

describe('digests over weeks, zones and changes of the clock', () => {
  it('come once a day at their time, and late only after an outage', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const story = live(scenario);
        const dates = story.map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].toSorted());
        const time = `${String(scenario.hour).padStart(2, '0')}:${String(scenario.minute).padStart(2, '0')}`;
        for (const { date, at: moment, when, lateSince, idle } of story) {
          expect(moment.getTime()).toBe(firstMinute(date, time, scenario.zone));
          const behind = when.getTime() - moment.getTime();
          expect(behind).toBeGreaterThanOrEqual(0);
          expect(behind).toBeLessThanOrEqual(idle);
          expect(lateSince !== undefined).toBe(behind > 15 * MINUTE);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('leave no day out while a bot is up', () => {
    const steady = scenarios.map((scenario) => ({ ...scenario, outages: scenario.outages.map(() => 0) }));
    fc.assert(
      fc.property(steady, (scenario) => {
        const days = live(scenario).map(({ date }) => Date.parse(date) / DAY);
        expect(days.length).toBeGreaterThanOrEqual(9);
        expect(days.every((day, index) => index === 0 || day === (days[index - 1] ?? 0) + 1)).toBe(true);
      }),
      { numRuns: 3 },
    );
  });
});
