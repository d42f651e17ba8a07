import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAllowed, nextAllowed } from '../../../src/domain/allowed-hours.ts';
import { type AllowedHours, WEEKDAYS } from '../../../src/domain/approval-policy.ts';

const BERLIN = 'Europe/Berlin';

function hours(days: readonly (typeof WEEKDAYS)[number][], from: string, to: string): AllowedHours {
  return { days, from, to, timeZone: undefined };
}

function next(after: string, allowed: AllowedHours | undefined, zone = BERLIN): string {
  return nextAllowed(new Date(after), allowed, zone).toISOString().slice(0, 16);
}

// 2026-03-01 and 2026-03-29 are Sundays.
describe('nextAllowed', () => {
  it('is the moment itself without hours, or within them', () => {
    expect(next('2026-03-01T03:00Z', undefined)).toBe('2026-03-01T03:00');
    expect(next('2026-03-01T03:00Z', hours(['sun'], '02:00', '06:00'))).toBe('2026-03-01T03:00');
  });

  it.each([
    ['before the hours of the day', '2026-03-02T05:00Z', '2026-03-02T09:00'],
    ['at their first minute', '2026-03-02T09:00Z', '2026-03-02T09:00'],
    ['at their end, which is not part of them', '2026-03-02T11:30Z', '2026-03-04T09:00'],
    ['after them', '2026-03-02T12:00Z', '2026-03-04T09:00'],
    ['on a day that is not allowed', '2026-03-05T12:00Z', '2026-03-09T09:00'],
  ])('finds them %s', (_what, after, expected) => {
    expect(next(after, hours(['mon', 'wed'], '10:00', '12:30'))).toBe(expected);
  });

  it('counts the hours after midnight to the day on which they began', () => {
    const saturdayNight = hours(['sat'], '22:00', '04:00');
    expect(next('2026-03-01T02:59Z', saturdayNight)).toBe('2026-03-01T02:59');
    expect(next('2026-03-01T03:00Z', saturdayNight)).toBe('2026-03-07T21:00');
    expect(next('2026-03-07T01:00Z', saturdayNight)).toBe('2026-03-07T21:00');
  });

  it('takes 24:00 for the end of the day and allows a whole one', () => {
    const sunday = hours(['sun'], '00:00', '24:00');
    expect(next('2026-03-01T22:59Z', sunday)).toBe('2026-03-01T22:59');
    expect(next('2026-03-01T23:00Z', sunday)).toBe('2026-03-07T23:00');
  });

  it('goes by the zone of the hours before that of the environment', () => {
    const tokyo = { ...hours(['mon'], '09:00', '10:00'), timeZone: 'Asia/Tokyo' };
    expect(next('2026-03-01T12:00Z', tokyo)).toBe('2026-03-02T00:00');
  });

  it('begins behind the gap when clocks skip the first minute', () => {
    expect(next('2026-03-29T00:00Z', hours(['sun'], '02:30', '05:00'))).toBe('2026-03-29T01:00');
    expect(next('2026-03-29T00:30Z', hours(['sun'], '02:30', '05:00'))).toBe('2026-03-29T01:00');
  });

  it('waits a week when clocks skip all of it', () => {
    expect(next('2026-03-29T00:00Z', hours(['sun'], '02:10', '02:50'))).toBe('2026-04-05T00:10');
  });

  it('keeps to what is allowed by any reading when clocks are put back', () => {
    const early = hours(['sun'], '02:30', '05:00');
    expect(next('2026-10-25T00:00Z', early)).toBe('2026-10-25T01:30');
    const late = hours(['sun'], '01:00', '02:30');
    expect(next('2026-10-25T00:29Z', late)).toBe('2026-10-25T00:29');
    expect(next('2026-10-25T00:30Z', late)).toBe('2026-11-01T00:00');
  });

  it('lasts an hour longer in a night that clocks make longer', () => {
    expect(next('2026-10-25T02:30Z', hours(['sat'], '22:00', '04:00'))).toBe('2026-10-25T02:30');
  });

  it('never allows anything without a day', () => {
    expect(() => next('2026-03-01T03:00Z', hours([], '02:00', '06:00'))).toThrow('name no day');
  });

  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const pad = (value: number) => String(value).padStart(2, '0');

  it('is never before, is allowed itself, and leaves out nothing that is allowed', () => {
    const after = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
    const zone = fc.constantFrom(BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC');
    fc.assert(
      fc.property(after, fc.tuple(days, time, time), zone, (moment, [names, from, to], where) => {
        fc.pre(from.join() !== to.join());
        const allowed = hours(names, from.map(pad).join(':'), to.map(pad).join(':'));
        const found = nextAllowed(moment, allowed, where);
        expect(found.getTime()).toBeGreaterThanOrEqual(moment.getTime());
        expect(isAllowed(found, allowed, where)).toBe(true);
        const between = new Date((moment.getTime() + found.getTime()) / 2);
        expect(isAllowed(between, allowed, where)).toBe(between.getTime() === found.getTime());
      }),
      { numRuns: 200 },
    );
  });
});
