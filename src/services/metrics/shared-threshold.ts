import type { Host, Threshold, Thresholds } from '../../domain/inventory.ts';
import type { Metric } from '../../domain/metric.ts';

const THRESHOLD_OF: Readonly<Partial<Record<Metric, keyof Thresholds>>> = {
  cpu_busy_percent: 'cpuBusy',
  load_per_core: 'loadPerCore',
  memory_used_percent: 'memoryUsed',
  disk_used_percent_max: 'diskUsed',
  inodes_used_percent_max: 'inodesUsed',
  old_gen_used_percent: 'oldGenUsed',
};

/** `undefined` when hosts differ, when there is none, and for metrics without one. */
export function sharedThreshold(hosts: readonly Pick<Host, 'thresholds'>[], metric: Metric): Threshold | undefined {
  const name = THRESHOLD_OF[metric];
  const [first, ...others] = name === undefined ? [] : hosts.map(({ thresholds }) => thresholds[name]);
  const isShared = others.every(({ warning, critical }) => warning === first?.warning && critical === first.critical);
  return isShared ? first : undefined;
}
