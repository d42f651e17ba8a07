/** Numbers of a host that are kept over time. The order is that of the store and never changes; new ones come last. */
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
