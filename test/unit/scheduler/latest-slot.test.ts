import { describe, expect, it } from 'vitest';
import { latestSlot } from '../../../src/scheduler/latest-slot.ts';

const at = (iso: string) => new Date(iso);
const onTheHour = (date: Date) => date.getUTCMinutes() === 0 && date.getUTCSeconds() === 0;
const hourly = { schedule: '0 * * * *', matches: onTheHour };

describe('latestSlot', () => {
  it('finds the latest time of the schedule', () => {
    const found = latestSlot({ ...hourly, after: at('2026-03-04T01:00:00Z'), until: at('2026-03-04T05:59:59Z') });

    expect(found).toEqual(at('2026-03-04T05:00:00Z'));
  });

  it('counts the end of the span and not its beginning', () => {
    const end = latestSlot({ ...hourly, after: at('2026-03-04T01:00:00Z'), until: at('2026-03-04T02:00:00Z') });
    const beginning = latestSlot({ ...hourly, after: at('2026-03-04T01:00:00Z'), until: at('2026-03-04T01:59:00Z') });

    expect(end).toEqual(at('2026-03-04T02:00:00Z'));
    expect(beginning).toBeUndefined();
  });

  it('looks at every second of a schedule with seconds', () => {
    const matches = (date: Date) => date.getUTCSeconds() === 7;
    const span = { after: at('2026-03-04T01:00:00Z'), until: at('2026-03-04T01:00:30Z') };

    expect(latestSlot({ schedule: '7 * * * * *', matches, ...span })).toEqual(at('2026-03-04T01:00:07Z'));
  });

  it('looks no further back than 35 days', () => {
    const matches = (date: Date) => date.getTime() === at('2026-01-01T00:00:00Z').getTime();
    const span = { after: at('2025-01-01T00:00:00Z'), until: at('2026-03-04T00:00:00Z') };

    expect(latestSlot({ schedule: '0 0 1 1 *', matches, ...span })).toBeUndefined();
  });
});
