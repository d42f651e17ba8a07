import type { Environment, Threshold } from '../../domain/inventory.ts';
import type { Metric } from '../../domain/metric.ts';
import type { MetricSeries } from './ports.ts';

/** Everything that a chart shows, the same for Slack and for the page. */
export interface MetricChart {
  readonly environment: Pick<Environment, 'customer' | 'name' | 'timeZone'>;
  readonly metric: Metric;
  readonly from: Date;
  readonly until: Date;
  readonly stepSeconds: number;
  /** Those that say most first: highest value first. */
  readonly series: readonly MetricSeries[];
  /** When all hosts share them; missing when they differ or there are none. */
  readonly threshold?: Threshold | undefined;
  /** Rollouts that touched these hosts in that time. */
  readonly maintenances: readonly { readonly from: Date; readonly until: Date; readonly rollout: string }[];
  /** Who was asked: `msops`, `Prometheus prometheus.acme.example`. */
  readonly source: string;
}

export interface ChartRequest {
  readonly environment: Environment;
  readonly metric: Metric;
  /** None: all of the environment. */
  readonly hosts: readonly string[];
  readonly from: Date;
  readonly until: Date;
  /** About so many steps; 30 to 1000. */
  readonly points: number;
}

export interface MetricsService {
  /** @throws {UserError} when the environment is not watched, or the source cannot be asked. */
  chart(request: ChartRequest): Promise<MetricChart>;
  /** Share of checks in which the host answered and all its applications were healthy, 0 to 1; `undefined` without any check. */
  availability(environment: Environment, from: Date, until: Date): Promise<readonly HostAvailability[]>;
  /** When the fullest disk of each host is full if it goes on like this; only those that will be within `days`. */
  diskForecast(environment: Environment, days: number): Promise<readonly DiskForecast[]>;
}

export interface HostAvailability {
  readonly host: string;
  readonly share: number | undefined;
  /** Checks that said something. */
  readonly checks: number;
}

export interface DiskForecast {
  readonly host: string;
  readonly usedPercent: number;
  readonly fullAt: Date;
}
