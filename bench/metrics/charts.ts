import type { Environment } from '../../src/domain/inventory.ts';
import { METRICS } from '../../src/domain/metric.ts';
import type { MetricQuery, MetricSource } from '../../src/services/metrics/ports.ts';
import { PLACE } from './generate.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const METRIC = 'memory_used_percent';

/** What is asked for, in the words of the table. */
export interface ChartKind {
  readonly what: string;
  readonly hosts: number;
  readonly days: number;
  readonly stepSeconds: number;
  /** Days before the end. */
  readonly endsBefore: number;
  readonly repeats: number;
  /** Asked when cold before it is made cold again. */
  readonly perRestart: number;
}

export const CHARTS: readonly ChartKind[] = [
  { what: 'the last day of 1 host', hosts: 1, days: 1, stepSeconds: 300, endsBefore: 0, repeats: 50, perRestart: 10 },
  { what: 'an earlier day of 1 host', hosts: 1, days: 1, stepSeconds: 300, endsBefore: 7, repeats: 50, perRestart: 10 },
  { what: '30 days of 1 host', hosts: 1, days: 30, stepSeconds: 7_200, endsBefore: 0, repeats: 50, perRestart: 10 },
  { what: 'the last day of 20 hosts', hosts: 20, days: 1, stepSeconds: 300, endsBefore: 0, repeats: 5, perRestart: 1 },
  { what: '30 days of 20 hosts', hosts: 20, days: 30, stepSeconds: 7_200, endsBefore: 0, repeats: 3, perRestart: 1 },
];

export interface ChartAsker {
  readonly source: MetricSource;
  readonly environment: Environment;
  /** All that there are, in an order in which neighbors are far apart. */
  readonly hosts: readonly string[];
  readonly end: Date;
}

/** As far as sources look at it. */
export function environmentOf(url: string): Environment {
  const queries = Object.fromEntries(METRICS.map((metric) => [metric, `${metric}{host="{{host}}"}`]));
  return { ...PLACE, monitoring: { metricSource: { url, queries } } } as unknown as Environment;
}

/**
 * Asks once.
 *
 * @param turn other hosts each time.
 * @returns milliseconds. @throws when a point is missing.
 */
export async function askFor(kind: ChartKind, turn: number, { source, environment, hosts, end }: ChartAsker) {
  const until = new Date(end.getTime() - kind.endsBefore * DAY_MS);
  const from = new Date(until.getTime() - kind.days * DAY_MS);
  const first = (turn * kind.hosts) % hosts.length;
  const asked = [...hosts, ...hosts].slice(first, first + kind.hosts);
  const query: MetricQuery = { environment, metric: METRIC, hosts: asked, from, until, stepSeconds: kind.stepSeconds };
  const begin = performance.now();
  const series = await source.series(query);
  const ms = performance.now() - begin;
  const steps = (kind.days * 86_400) / kind.stepSeconds;
  const short = series.filter(({ points }) => points.length !== steps);
  if (short.length > 0) {
    throw new Error(`${kind.what}: ${short[0]?.points.length} points of ${steps}`);
  }
  return ms;
}
