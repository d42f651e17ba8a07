import type { HeapSample } from '../../domain/host-report.ts';
import type { PerfCounters } from './parse-perf-data.ts';

const KIBIBYTE = 1024;
const MAX_SPACES = 8;

/** Their generations have maxima of their own; under the others (G1 …) the maximum of each is the whole heap. */
const SPLIT_COLLECTORS = new Set(['Parallel', 'Serial', 'CMS']);

/** The heap as `jstat -gc` and `-XX:MaxHeapSize` show it. */
export function heapFromCounters(counters: PerfCounters): HeapSample | undefined {
  const young = generation(counters, 0) ?? { used: 0, max: 0 };
  const old = generation(counters, 1);
  if (old === undefined || old.max === 0) {
    return undefined;
  }
  const collector = collectorName(counters);
  const isShared = young.max === old.max && !SPLIT_COLLECTORS.has(collector ?? '');
  return {
    usedBytes: young.used + old.used,
    maxBytes: isShared ? old.max : young.max + old.max,
    oldGenUsedBytes: old.used,
    oldGenMaxBytes: old.max,
    collector,
  };
}

function generation(counters: PerfCounters, index: number): { used: number; max: number } | undefined {
  const prefix = `sun.gc.generation.${index}`;
  const max = bytes(counters, `${prefix}.maxCapacity`);
  const spaces = bytes(counters, `${prefix}.spaces`);
  if (max === undefined || spaces === undefined || spaces > MAX_SPACES) {
    return undefined;
  }
  const used = Array.from({ length: spaces }, (_, space) => bytes(counters, `${prefix}.space.${space}.used`));
  const known = used.filter((value) => value !== undefined);
  // G1 pads its capacities by a few bytes, so that tools never divide by zero.
  const maxWithoutPadding = max - (max % KIBIBYTE);
  return known.length === spaces
    ? { used: known.reduce((sum, value) => sum + value, 0), max: maxWithoutPadding }
    : undefined;
}

function bytes(counters: PerfCounters, name: string): number | undefined {
  const value = counters.get(name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

const COLLECTORS: readonly (readonly [RegExp, string])[] = [
  [/^G1/, 'G1'],
  [/^(Parallel|PSScavenge)/, 'Parallel'],
  [/^(Serial|Copy)/, 'Serial'],
  [/^ParNew/, 'CMS'],
  [/^Z/, 'ZGC'],
  [/^Shenandoah/, 'Shenandoah'],
];

function collectorName(counters: PerfCounters): string | undefined {
  const name = counters.get('sun.gc.collector.0.name');
  return typeof name === 'string' ? COLLECTORS.find(([pattern]) => pattern.test(name))?.[1] : undefined;
}
