import type { Finding, HostSample, Level } from '../../domain/host-report.ts';
import type { Threshold, Thresholds } from '../../domain/inventory.ts';
import { judgeFilesystems } from './judge-filesystems.ts';
import { judgeNumber } from './judge-number.ts';
import { judgeProduct } from './judge-product.ts';

/** What the numbers of one host mean. Something that could not be read is a finding too, so it never passes as healthy. */
export interface Verdict {
  readonly level: Exclude<Level, 'unreachable'>;
  /** Worst first. */
  readonly findings: readonly Finding[];
}

export function judgeHost(sample: HostSample, thresholds: Thresholds): Verdict {
  const findings = [
    ...judgeMeasures(sample, thresholds),
    ...judgeFilesystems(sample.filesystems ?? [], thresholds),
    ...sample.products.flatMap((product) => judgeProduct(product, thresholds)),
    ...sample.gaps.map((text): Finding => ({ level: 'unknown', text })),
    ...unexplained(sample),
  ];
  const sorted = findings.toSorted((one, other) => SEVERITY[one.level] - SEVERITY[other.level]);
  const ours = sorted.find(({ owner }) => owner === undefined);
  return { level: ours?.level ?? 'ok', findings: sorted };
}

const SEVERITY: Record<Finding['level'], number> = { critical: 0, warning: 1, unknown: 2 };

function judgeMeasures(sample: HostSample, thresholds: Thresholds): readonly Finding[] {
  const { cpuBusyPercent, memoryUsedPercent, loadAverage1, cores } = sample;
  const loadPerCore = loadAverage1 !== undefined && cores ? loadAverage1 / cores : undefined;
  return [
    ...percent(cpuBusyPercent, thresholds.cpuBusy, (value) => `CPU ${value} % busy`),
    ...percent(memoryUsedPercent, thresholds.memoryUsed, (value) => `memory ${value} % used`),
    ...judgeNumber(loadPerCore, thresholds.loadPerCore, {
      words: (value) => `load ${value.toFixed(1)} per core`,
      unit: '',
    }),
  ];
}

function percent(
  value: number | undefined,
  threshold: Threshold,
  words: (shown: number) => string,
): readonly Finding[] {
  return judgeNumber(value, threshold, { words: (number) => words(Math.floor(number)), unit: ' %' });
}

/** Numbers that are missing although no part of the probe complained. */
function unexplained(sample: HostSample): readonly Finding[] {
  const missing = [
    ...(sample.cpuBusyPercent === undefined ? ['CPU'] : []),
    ...(sample.memoryUsedPercent === undefined ? ['memory'] : []),
    ...(sample.loadAverage1 === undefined ? ['load'] : []),
    ...(sample.cores === undefined ? ['number of cores'] : []),
    ...(sample.filesystems === undefined ? ['disks'] : []),
  ].filter((name) => !sample.gaps.some((gap) => gap.startsWith(name)));
  return missing.length > 0 ? [{ level: 'unknown', text: `not measured: ${missing.join(', ')}` }] : [];
}
