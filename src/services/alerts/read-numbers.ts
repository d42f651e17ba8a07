import type { HostSample } from '../../domain/host-report.ts';
import type { Host } from '../../domain/inventory.ts';
import { type Measure, measure } from './measure.ts';
import type { Reading } from './reading.ts';

const CPU_MARGIN = 10;
const MEMORY_MARGIN = 5;
/** Of the warning: load is no percentage. */
const LOAD_MARGIN = 0.125;

export function readNumbers(sample: HostSample, { name: host, thresholds }: Host): readonly Reading[] {
  const { cpuBusyPercent, memoryUsedPercent, loadAverage1, cores } = sample;
  const loadPerCore = loadAverage1 !== undefined && cores ? loadAverage1 / cores : undefined;
  const numbers: readonly Omit<Measure, 'host' | 'subject'>[] = [
    {
      ...{ signal: 'cpu', value: cpuBusyPercent, threshold: thresholds.cpuBusy, clearMargin: CPU_MARGIN, unit: ' %' },
      words: (value) => `CPU ${Math.floor(value)} % busy`,
      unknown: gapOf(sample, /^CPU\b/) ?? 'CPU: not measured',
    },
    {
      ...{ signal: 'memory', value: memoryUsedPercent, threshold: thresholds.memoryUsed, clearMargin: MEMORY_MARGIN },
      words: (value) => `memory ${Math.floor(value)} % used`,
      unit: ' %',
      unknown: gapOf(sample, /^memory\b/) ?? 'memory: not measured',
    },
    {
      ...{ signal: 'load', value: loadPerCore, threshold: thresholds.loadPerCore, unit: '' },
      clearMargin: thresholds.loadPerCore.warning * LOAD_MARGIN,
      words: (value) => `load ${value.toFixed(1)} per core`,
      unknown: gapOf(sample, /^(?:load|number of cores)\b/) ?? 'load: not measured',
    },
  ];
  return numbers.map((number) => measure({ host, subject: '', ...number }));
}

export function gapOf({ gaps }: Pick<HostSample, 'gaps'>, pattern: RegExp): string | undefined {
  return gaps.find((gap) => pattern.test(gap));
}
