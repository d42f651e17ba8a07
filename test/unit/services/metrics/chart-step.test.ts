import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartStep } from '../../../../src/services/metrics/chart-step.ts';

const HOUR_MS = 3_600_000;

function stepOf(hours: number, points: number, everyMs = 40_000): number {
  return chartStep({ from: new Date(0), until: new Date(hours * HOUR_MS), points, everyMs });
}

describe('chartStep', () => {
  it.each([
    [1, 60, 60],
    [1, 30, 120],
    [24, 288, 300],
    [24, 200, 600],
    [7 * 24, 200, 3_600],
    [30 * 24, 360, 7_200],
    [30 * 24, 100, 21_600],
    [365 * 24, 100, 21_600],
  ])('%d hours in about %d points: %d seconds', (hours, points, step) => {
    expect(stepOf(hours, points)).toBe(step);
  });

  it('is never shorter than the time in which a late check comes', () => {
    expect(stepOf(1, 1_000, 60_000)).toBe(120);
    expect(stepOf(1, 1_000, 300_000)).toBe(600);
  });

  it('gives no more points than wanted in up to 7 days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 168 }), fc.integer({ min: 30, max: 1_000 }), (hours, points) => {
        expect((hours * 3_600) / stepOf(hours, points)).toBeLessThanOrEqual(points);
      }),
    );
  });
});
