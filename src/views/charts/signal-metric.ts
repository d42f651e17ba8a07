import type { Signal } from '../../domain/inventory.ts';
import type { Metric } from '../../domain/metric.ts';

/** What an alert of a signal is measured by; those that are not there are not numbers over time. */
const SIGNAL_METRICS: Readonly<Partial<Record<Signal, Metric>>> = {
  reachability: 'reachable',
  missing: 'reachable',
  disk: 'disk_used_percent_max',
  inodes: 'inodes_used_percent_max',
  memory: 'memory_used_percent',
  cpu: 'cpu_busy_percent',
  load: 'load_per_core',
  heap: 'old_gen_used_percent',
  application: 'applications_healthy',
};

export function metricOfSignal(signal: Signal): Metric | undefined {
  return SIGNAL_METRICS[signal];
}
