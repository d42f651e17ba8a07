import type { Environment } from '../../domain/inventory.ts';
import type { Metric } from '../../domain/metric.ts';

/** One line of a chart. */
export interface MetricSeries {
  readonly host: string;
  /** Oldest first, one for each step that has a value: a step without one is a gap, never 0. */
  readonly points: readonly MetricPoint[];
}

/** Of one step, `at` its beginning. */
export interface MetricPoint {
  readonly at: Date;
  readonly low: number;
  readonly average: number;
  readonly high: number;
}

export interface MetricQuery {
  readonly environment: Environment;
  readonly metric: Metric;
  readonly hosts: readonly string[];
  readonly from: Date;
  readonly until: Date;
  /** Whole seconds, 60 or more. */
  readonly stepSeconds: number;
}

/** Where metrics are kept: our own store, or a Prometheus of the customer. */
export interface MetricSource {
  /** One for each host, in their order; one without points when nothing is known. @throws {UserError} when it cannot be asked, with the reason. */
  series(query: MetricQuery): Promise<readonly MetricSeries[]>;
}

/** What checks of hosts came to. */
export interface CheckTallies {
  /** One for each host, in their order. */
  tally(query: Omit<MetricQuery, 'metric' | 'stepSeconds'>): Promise<readonly CheckTally[]>;
}

export interface CheckTally {
  readonly host: string;
  /** Those that said whether the host answered and, when it did, how its applications were. */
  readonly checks: number;
  /** Of these: the host answered, and all its applications were healthy. */
  readonly good: number;
}

/** When rollouts worked on hosts. */
export interface PastMaintenances {
  /** Oldest first; one for each rollout that worked on at least one of the hosts in that time. One that goes on ends `until`. */
  during(query: Omit<MetricQuery, 'metric' | 'stepSeconds'>): Promise<readonly PastMaintenance[]>;
}

export interface PastMaintenance {
  readonly from: Date;
  readonly until: Date;
  /** Its id. */
  readonly rollout: string;
}
