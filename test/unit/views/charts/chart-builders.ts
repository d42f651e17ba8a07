import type { MetricChart } from '../../../../src/services/metrics/metrics-service.ts';
import type { MetricPoint, MetricSeries } from '../../../../src/services/metrics/ports.ts';
import { NOW } from '../../../support/builders.ts';

const MINUTE = 60_000;

/** A curve of one host; `skip` makes gaps. */
export function aSeries(
  host: string,
  {
    from = hoursAgo(3),
    steps = 180,
    stepSeconds = 60,
    level = 50,
    swing = 15,
    skip = (_index: number): boolean => false,
  } = {},
): MetricSeries {
  const points = Array.from({ length: steps }, (_, index): MetricPoint & { readonly index: number } => {
    const noise = Math.sin(index * 12.9898 + host.length * 78.233) * 3;
    const average = Math.max(0, Math.min(100, level + swing * Math.sin(index / 17 + host.length) + noise));
    const at = new Date(from.getTime() + index * stepSeconds * 1_000);
    return { at, low: Math.max(0, average - 4), average, high: Math.min(100, average + 5), index };
  });
  return { host, points: points.filter(({ index }) => !skip(index)).map(({ index: _index, ...point }) => point) };
}

export function hoursAgo(hours: number): Date {
  return new Date(NOW.getTime() - hours * 60 * MINUTE);
}

/** CPU of two hosts over three hours. */
export function aChart(overrides: Partial<MetricChart> = {}): MetricChart {
  return {
    ...{ environment: { customer: 'acme', name: 'prod', timeZone: 'Europe/Zurich' }, metric: 'cpu_busy_percent' },
    ...{ from: hoursAgo(3), until: NOW, stepSeconds: 60, maintenances: [], source: 'msops' },
    series: [aSeries('mi-2', { level: 70 }), aSeries('apim-1', { level: 30 })],
    threshold: { warning: 80, critical: 90 },
    ...overrides,
  };
}
