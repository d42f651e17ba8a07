import type { MetricSeries } from './ports.ts';

/** Those with the highest value first, those without any last. */
export function orderSeries(series: readonly MetricSeries[]): readonly MetricSeries[] {
  const highest = new Map(series.map((one) => [one, Math.max(...one.points.map(({ high }) => high))]));
  const of = (one: MetricSeries) => highest.get(one) ?? Number.NEGATIVE_INFINITY;
  return series.toSorted((one, other) =>
    of(one) === of(other) ? one.host.localeCompare(other.host, 'en', { numeric: true }) : of(other) - of(one),
  );
}
