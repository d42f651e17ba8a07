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

/** The order is that of the store and never changes; new ones come last. */
export const METRICS = [
  'reachable',
  'cpu_busy_percent',
  'load_per_core',
  'memory_used_percent',
  'disk_used_percent_max',
  'inodes_used_percent_max',
  'heap_used_percent',
  'old_gen_used_percent',
  'applications_healthy',
  'applications',
] as const;
export type Metric = (typeof METRICS)[number];

export interface SampleStore {
  append(samples: readonly Sample[]): Promise<void>;
  /** Oldest first. */
  range(of: Pick<Sample, 'customer' | 'environment' | 'host'>, from: Date, until: Date): Promise<readonly Sample[]>;
}
