import { describe, expect, it } from 'vitest';
import { chartSummary } from '../../../../src/views/charts/chart-summary.ts';
import { aChart, hoursAgo } from './chart-builders.ts';

const at = (minutes: number, value: number) => ({
  ...{ at: new Date(hoursAgo(3).getTime() + minutes * 60_000), low: value - 1, average: value, high: value + 1 },
});

describe('chartSummary', () => {
  it('says the highest, the latest, and who is above the threshold', () => {
    const series = [
      { host: 'mi-2', points: [at(0, 50), at(1, 95)] },
      { host: 'db-1', points: [at(0, 85), at(1, 20)] },
    ];
    expect(chartSummary(aChart({ series }))).toBe(
      'CPU busy of acme/prod, Sun, Mar 1, 01:00 to 04:00 Europe/Zurich (UTC+1): highest 96 % on mi-2 at Sun, Mar 1, ' +
        '01:01; latest mi-2 95 %, db-1 20 %; at 80 % (warning) or more now: mi-2; of them at 90 % (critical) or more: mi-2; ' +
        'in this time also: db-1.',
    );
  });

  it('does not call an average of some minutes the present', () => {
    const summary = chartSummary(
      aChart({ stepSeconds: 300, series: [{ host: 'mi-2', points: [at(0, 50), at(5, 64)] }] }),
    );
    expect(summary).toContain(
      '; newest 5 min on average mi-2 64 %; none is at 80 % (warning) or more in the newest 5 min',
    );
    expect(summary).not.toMatch(/latest|now/);
  });

  it('says the lowest where low is bad, who is silent, and what was done', () => {
    const series = [
      { host: 'mi-2', points: [at(0, 3), at(1, 2)] },
      { host: 'silent-1', points: [] },
    ];
    const maintenances = [{ from: hoursAgo(2), until: hoursAgo(1), rollout: '7kq2m9xd' }];
    const summary = chartSummary(
      aChart({ metric: 'applications_healthy', threshold: undefined, series, maintenances }),
    );
    expect(summary).toContain('lowest 1 on mi-2');
    expect(summary).toMatch(/\. No samples of silent-1\. Maintenance of rollout 7kq2m9xd\.$/);
  });

  it('says that there is nothing, and when it begins', () => {
    expect(chartSummary(aChart({ series: [] }))).toMatch(/: no samples since Sun, Mar 1, 01:00\.$/);
  });
});
