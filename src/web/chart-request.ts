import type { Environment } from '../domain/inventory.ts';
import { METRICS, type Metric } from '../domain/metric.ts';
import type { ChartRequest } from '../services/metrics/metrics-service.ts';
import type { ChartLook } from '../views/charts/chart-options.ts';
import { PAGE_SPANS, readSpan } from '../views/dashboard-links.ts';

const HOUR_MS = 3_600_000;
/** Steps that can still be told apart on a chart of that width. */
const PIXELS_PER_POINT = 3;

export interface PageChart {
  readonly request: ChartRequest;
  readonly look: ChartLook;
}

/** What a page asks for; `undefined` when there is no such metric, time or host. */
export function readChart(
  query: Readonly<Record<string, string>>,
  { environment, now }: { environment: Environment; now: Date },
): PageChart | undefined {
  const metric = METRICS.find((known): known is Metric => known === query.metric);
  const span = readSpan(query.span);
  const hosts = environment.hosts.map(({ name }) => name).filter((name) => !query.host || name === query.host);
  if (metric === undefined || span === undefined || hosts.length === 0) {
    return undefined;
  }
  const look = { theme: query.look === 'dark' ? 'dark' : 'light', ...readSize(query) } as const;
  const points = Math.round(look.width / PIXELS_PER_POINT);
  const from = new Date(now.getTime() - PAGE_SPANS[span] * HOUR_MS);
  return { request: { environment, metric, hosts, from, until: now, points }, look };
}

function readSize({ width, height }: Readonly<Record<string, string>>): Pick<ChartLook, 'width' | 'height'> {
  return { width: within(width, [280, 2000]) ?? 600, height: within(height, [200, 1000]) ?? 320 };
}

function within(typed = '', [least, most]: readonly [number, number]): number | undefined {
  const size = Number.parseInt(typed, 10);
  return Number.isNaN(size) ? undefined : Math.min(most, Math.max(least, size));
}
