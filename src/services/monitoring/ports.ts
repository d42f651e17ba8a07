import type { Metric } from '../../domain/metric.ts';

/** One replica at a time does what must not be done twice at once. */
export interface Leadership {
  /**
   * Runs the work while this replica leads, again and again until `stop` aborts. Its own signal aborts as soon as the
   * lead cannot be proved any more. Resolves when `stop` has aborted and the work has ended.
   */
  lead(name: string, work: (signal: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<void>;
}

/** One check of one host, as numbers; what could not be read is missing. */
export interface Sample {
  readonly customer: string;
  readonly environment: string;
  readonly host: string;
  readonly at: Date;
  readonly values: Readonly<Partial<Record<Metric, number>>>;
}

export interface SampleStore {
  append(samples: readonly Sample[]): Promise<void>;
  /** Oldest first. */
  range(of: Pick<Sample, 'customer' | 'environment' | 'host'>, from: Date, until: Date): Promise<readonly Sample[]>;
}
