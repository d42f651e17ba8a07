import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastFull } from '../../../../src/services/metrics/forecast-full.ts';
import { NOW } from '../../../support/builders.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One each hour, the last an hour ago. */
function hourly(values: readonly number[]) {
  const start = NOW.getTime() - values.length * HOUR_MS;
  return values.map((value, index) => ({
    at: new Date(start + index * HOUR_MS),
    ...{ low: value, average: value, high: value },
  }));
}

const rising = (hours: number, from: number, perHour: number) =>
  Array.from({ length: hours }, (_, hour) => from + hour * perHour);
const forecast = (values: readonly number[], days = 14) => forecastFull(hourly(values), NOW, days);
const noise = (length: number, width: number) =>
  fc.array(fc.double({ min: -width, max: width, noNaN: true }), { minLength: length, maxLength: length });

describe('forecastFull', () => {
  it('draws the line on, past single jumps', () => {
    const values = rising(168, 50, 0.2).with(20, 99).with(100, 3);
    const found = forecast(values);
    expect(found?.usedPercent).toBeCloseTo(83.4, 5);
    // (100 - 83.4) / 0.2 hours after the last value, which is an hour old.
    expect(found?.fullAt.getTime()).toBeCloseTo(NOW.getTime() + 82 * HOUR_MS, -5);
  });

  it('sees whole percents rise', () => {
    expect(forecast(rising(168, 80, 0.1).map(Math.round))?.usedPercent).toBe(97);
  });

  it('says nothing of a disk that is not full within the days', () => {
    expect(forecast(rising(168, 50, 0.05), 14)).toBeUndefined();
    expect(forecast(rising(168, 50, 0.05), 60)).toBeDefined();
  });

  it('begins anew after a clean-up, and waits until there is a trend again', () => {
    const cleaned = rising(100, 60, 0.35);
    expect(forecast([...cleaned, ...rising(12, 40, 0.5)])).toBeUndefined();
    const found = forecast([...cleaned, ...rising(68, 40, 0.5)]);
    expect(found?.fullAt.getTime()).toBeCloseTo(NOW.getTime() - HOUR_MS + ((100 - 73.5) / 0.5) * HOUR_MS, -5);
  });

  it('says nothing of a disk that is cleaned up each day', () => {
    expect(forecast(Array.from({ length: 168 }, (_, hour) => 40 + (hour % 24) * 2))).toBeUndefined();
  });

  it('says nothing of too few values, of old ones and of none', () => {
    expect(forecast(rising(35, 60, 1))).toBeUndefined();
    expect(forecast(rising(36, 60, 1))).toBeDefined();
    expect(forecastFull(hourly(rising(100, 60, 0.3)), new Date(NOW.getTime() + DAY_MS), 14)).toBeUndefined();
    expect(forecast([])).toBeUndefined();
  });

  it('calls a full one full now', () => {
    expect(forecast([99, 100])).toEqual({ usedPercent: 100, fullAt: NOW });
  });

  it('finds every steady rise through noise, about when it is full', () => {
    const steady = fc.record({
      from: fc.double({ min: 5, max: 50, noNaN: true }),
      perHour: fc.double({ min: 0.12, max: 0.25, noNaN: true }),
      off: noise(168, 0.5),
    });
    fc.assert(
      fc.property(steady, ({ from, perHour, off }) => {
        const values = rising(168, from, perHour).map((value, hour) => value + (off[hour] ?? 0));
        const found = forecast(values, 40);
        const hoursLeft = (100 - (from + 167 * perHour)) / perHour - 1;
        expect(Math.abs((found?.fullAt.getTime() ?? 0) - NOW.getTime()) / HOUR_MS / hoursLeft).toBeCloseTo(1, 0);
        expect(found?.fullAt.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
      }),
      { numRuns: 30 },
    );
  });

  it('never calls noise, a flat or a falling disk filling', () => {
    const calm = fc.record({
      level: fc.double({ min: 10, max: 97, noNaN: true }),
      perHour: fc.double({ min: 0, max: 0.05, noNaN: true }),
      off: noise(168, 1),
    });
    fc.assert(
      fc.property(calm, ({ level, perHour, off }) => {
        expect(
          forecast(
            off.map((one, hour) => level + one - hour * perHour),
            30,
          ),
        ).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('does not care about what was before a clean-up', () => {
    const since = rising(60, 30, 0.4);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 60, max: 99, noNaN: true }), { maxLength: 100 }), (before) => {
        const found = forecast([...before, ...since])?.fullAt.getTime();
        expect(found).toBeCloseTo(forecast(since)?.fullAt.getTime() ?? 0, -6);
      }),
      { numRuns: 30 },
    );
  });
});
