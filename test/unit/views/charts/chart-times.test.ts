import { describe, expect, it } from 'vitest';
import { timeLabels, timesInWords } from '../../../../src/views/charts/chart-times.ts';

const labels = ([from, until]: readonly [string, string], timeZone: string, most = 9) =>
  timeLabels({ from: new Date(from), until: new Date(until), timeZone }, most).map(({ text }) => text);

describe('timeLabels', () => {
  it('are round times of the clocks there, whatever the clock of the machine', () => {
    expect(labels(['2026-03-01T00:10:00Z', '2026-03-01T02:50:00Z'], 'Asia/Kolkata')).toEqual([
      '06:00',
      '06:30',
      '07:00',
      '07:30',
      '08:00',
    ]);
    expect(labels(['2026-03-01T00:10:00Z', '2026-03-01T02:50:00Z'], 'UTC')).toEqual([
      '00:30',
      '01:00',
      '01:30',
      '02:00',
      '02:30',
    ]);
  });

  it('have an hour twice when clocks are put back, and never one that is skipped', () => {
    expect(labels(['2026-10-24T22:00:00Z', '2026-10-25T03:00:00Z'], 'Europe/Zurich', 8)).toEqual([
      'Oct 25',
      '01:00',
      '02:00',
      '02:00',
      '03:00',
      '04:00',
    ]);
    expect(labels(['2026-03-28T23:00:00Z', '2026-03-29T03:00:00Z'], 'Europe/Zurich', 5)).toEqual([
      'Mar 29',
      '01:00',
      '03:00',
      '04:00',
      '05:00',
    ]);
  });

  it('fall on midnights for long spans, over a change of the clocks too', () => {
    expect(labels(['2026-10-20T10:00:00Z', '2026-10-28T10:00:00Z'], 'Europe/Zurich', 8)).toEqual([
      'Oct 21',
      'Oct 22',
      'Oct 23',
      'Oct 24',
      'Oct 25',
      'Oct 26',
      'Oct 27',
      'Oct 28',
    ]);
  });

  it.each([0.25, 1, 3, 24, 24 * 7, 24 * 30])('are some, and not too many, for %d h', (hours) => {
    const until = new Date('2026-03-01T03:07:00Z');
    const from = new Date(until.getTime() - hours * 3_600_000);
    const found = timeLabels({ from, until, timeZone: 'Australia/Lord_Howe' }, 9);
    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThanOrEqual(10);
  });
});

describe('timesInWords', () => {
  it('says both offsets when they change', () => {
    const span = {
      from: new Date('2026-10-24T20:00:00Z'),
      until: new Date('2026-10-25T08:00:00Z'),
      timeZone: 'Europe/Zurich',
    };
    expect(timesInWords(span)).toBe('Sat, Oct 24, 22:00 to Sun, Oct 25, 09:00 Europe/Zurich (UTC+2, then UTC+1)');
  });
});
