import type { HeapSample, HostReport, HostSample, ProductSample } from '../../domain/host-report.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Metric } from '../../domain/metric.ts';
import type { Sample } from './ports.ts';

type Values = Record<Metric, number | undefined>;

/** What one check found, as numbers. What it could not read is missing, never 0. */
export function toSample({ customer, name }: Pick<Environment, 'customer' | 'name'>, report: HostReport): Sample {
  const known = Object.entries(valuesOf(report)).filter(([, value]) => Number.isFinite(value));
  const values = Object.fromEntries(known) as Sample['values'];
  return { customer, environment: name, host: report.host, at: report.checkedAt, values };
}

function valuesOf({ sample, failure }: HostReport): Partial<Values> {
  if (sample === undefined) {
    // A host that answers with nonsense is neither reached nor lost.
    return failure === undefined ? {} : { reachable: 0 };
  }
  const { filesystems, products, cores, loadAverage1 } = sample;
  return {
    reachable: 1,
    cpu_busy_percent: sample.cpuBusyPercent,
    load_per_core: cores === undefined || loadAverage1 === undefined ? undefined : loadAverage1 / cores,
    memory_used_percent: sample.memoryUsedPercent,
    disk_used_percent_max: highest(filesystems?.map(({ usedPercent }) => usedPercent)),
    inodes_used_percent_max: highest(filesystems?.map(({ inodesUsedPercent }) => inodesUsedPercent)),
    ...valuesOfProducts(products),
  };
}

function valuesOfProducts(products: HostSample['products']): Partial<Values> {
  const health = products.map(isHealthy);
  const percentOf = (used: (heap: HeapSample) => number) =>
    highest(products.map(({ heap }) => (heap === undefined ? undefined : used(heap))));
  return {
    heap_used_percent: percentOf(({ usedBytes, maxBytes }) => (100 * usedBytes) / maxBytes),
    old_gen_used_percent: percentOf(({ oldGenUsedBytes, oldGenMaxBytes }) => (100 * oldGenUsedBytes) / oldGenMaxBytes),
    applications_healthy: health.includes(undefined) ? undefined : health.filter(Boolean).length,
    applications: products.length,
  };
}

/** Of those that are known: one that could not be read does not hide a full one. */
function highest(values: readonly (number | undefined)[] | undefined): number | undefined {
  const known = values?.filter((value) => value !== undefined && Number.isFinite(value)) ?? [];
  return known.length === 0 ? undefined : Math.max(...(known as number[]));
}

/** `undefined`: nothing is wrong, and something could not be found out. */
function isHealthy({ running, health: all }: ProductSample): boolean | undefined {
  const health = all.filter(({ owner }) => owner !== 'customer');
  if (running === false || health.some(({ healthy }) => healthy === false)) {
    return false;
  }
  return running === undefined || health.some(({ healthy }) => healthy === undefined) ? undefined : true;
}
