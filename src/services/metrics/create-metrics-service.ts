import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { Environment, MonitoringSettings } from '../../domain/inventory.ts';
import type { Metric } from '../../domain/metric.ts';
import { chartStep } from './chart-step.ts';
import { forecastFull } from './forecast-full.ts';
import type { ChartRequest, DiskForecast, MetricChart, MetricsService } from './metrics-service.ts';
import { orderSeries } from './order-series.ts';
import type { CheckTallies, MetricSource, PastMaintenances } from './ports.ts';
import { sharedThreshold } from './shared-threshold.ts';

const DISK: Metric = 'disk_used_percent_max';
const HOUR_SECONDS = 3_600;
const TREND_MS = 7 * 24 * HOUR_SECONDS * 1_000;
const HOSTS_AT_ONCE = 100;

export interface MetricsDeps {
  /** What msops itself has kept. */
  readonly store: MetricSource;
  /** Reads what the environment's `metricSource` names. */
  readonly prometheus: MetricSource;
  readonly checks: CheckTallies;
  readonly maintenances: PastMaintenances;
  readonly clock: Clock;
}

export function createMetricsService(deps: MetricsDeps): MetricsService {
  return {
    chart: (request) => chart(deps, request),

    async availability(environment, from, until) {
      watched(environment);
      const tallies = await deps.checks.tally({ environment, hosts: namesOf(environment), from, until });
      return tallies.map(({ host, checks, good }) => ({
        host,
        checks,
        share: checks === 0 ? undefined : good / checks,
      }));
    },

    diskForecast: (environment, days) => diskForecast(deps, environment, days),
  };
}

async function chart(deps: MetricsDeps, request: ChartRequest): Promise<MetricChart> {
  const { environment, metric, from, until, points } = request;
  const { everyMs } = watched(environment);
  const hosts = environment.hosts.filter(({ name }) => request.hosts.length === 0 || request.hosts.includes(name));
  const stepSeconds = chartStep({ from, until, points, everyMs });
  const span = { environment, hosts: hosts.map(({ name }) => name), from, until };
  const { source, name } = sourceOf(deps, environment, metric);
  const [series, maintenances] = await Promise.all([
    source.series({ ...span, metric, stepSeconds }),
    deps.maintenances.during(span),
  ]);
  return {
    environment: { customer: environment.customer, name: environment.name, timeZone: environment.timeZone },
    ...{ metric, from, until, stepSeconds, maintenances },
    series: orderSeries(series),
    threshold: sharedThreshold(hosts, metric),
    source: name,
  };
}

async function diskForecast(
  deps: MetricsDeps,
  environment: Environment,
  days: number,
): Promise<readonly DiskForecast[]> {
  watched(environment);
  const now = deps.clock.now();
  const { source } = sourceOf(deps, environment, DISK);
  const span = { environment, metric: DISK, from: new Date(now.getTime() - TREND_MS), until: now };
  const forecasts: DiskForecast[] = [];
  for (const hosts of inParts(namesOf(environment))) {
    for (const { host, points } of await source.series({ ...span, hosts, stepSeconds: HOUR_SECONDS })) {
      const forecast = forecastFull(points, now, days);
      forecasts.push(...(forecast === undefined ? [] : [{ host, ...forecast }]));
      // Some milliseconds a host: a thousand of them must not keep Slack waiting.
      await deps.clock.sleep(0);
    }
  }
  return forecasts.toSorted((one, other) => one.fullAt.getTime() - other.fullAt.getTime());
}

/** A week of more hosts takes a source longer than it may take for one question. */
function inParts(hosts: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(hosts.length / HOSTS_AT_ONCE) }, (_, part) =>
    hosts.slice(part * HOSTS_AT_ONCE, (part + 1) * HOSTS_AT_ONCE),
  );
}

function sourceOf(
  { store, prometheus }: MetricsDeps,
  { monitoring }: Environment,
  metric: Metric,
): { readonly source: MetricSource; readonly name: string } {
  const settings = monitoring?.metricSource;
  return settings?.queries[metric] === undefined
    ? { source: store, name: 'msops' }
    : { source: prometheus, name: `Prometheus ${new URL(settings.url).host}` };
}

/** @throws {UserError} when nobody watches it. */
function watched({ customer, name, production, monitoring }: Environment): MonitoringSettings {
  if (monitoring !== undefined) {
    return monitoring;
  }
  const why = production
    ? `Its monitoring is \`off\` in msops.yml, so nothing is kept of ${customer}/${name}.`
    : `${customer}/${name} is not production: only production is watched, so nothing is kept of it.`;
  throw new UserError(why, { hint: `\`/msops status ${name}\` checks it once, now.` });
}

function namesOf({ hosts }: Environment): readonly string[] {
  return hosts.map(({ name }) => name);
}
