import type { HostSample } from '../../domain/host-report.ts';
import type { ProbeParts } from '../../domain/probe-output.ts';

const KIBIBYTE = 1024;

/** Field numbers of the `cpu` line of /proc/stat; guest time is in user time already. */
const COUNTED_FIELDS = 8;
const IDLE = 3;
const IOWAIT = 4;
const STEAL = 7;

type CpuNumbers = Pick<HostSample, 'cpuBusyPercent' | 'cpuStealPercent'>;

/** Busy and stolen time between the two reads of `/proc/stat`; one read would be an average since boot. */
export function parseCpu(parts: ProbeParts): CpuNumbers {
  const first = cpuTicks(parts, 'cpu1');
  const second = cpuTicks(parts, 'cpu2');
  if (!first || !second) {
    return {};
  }
  // The kernel lets iowait fall back a little, hence no deltas below 0.
  const deltas = second.map((ticks, field) => Math.max(0, ticks - (first[field] ?? ticks)));
  const total = deltas.reduce((sum, ticks) => sum + ticks, 0);
  if (total === 0) {
    return {};
  }
  const percent = (ticks: number): number => (100 * ticks) / total;
  const [idle = 0, iowait = 0, steal] = [deltas[IDLE], deltas[IOWAIT], deltas[STEAL]];
  return {
    cpuBusyPercent: percent(total - idle - iowait - (steal ?? 0)),
    cpuStealPercent: steal === undefined ? undefined : percent(steal),
  };
}

function cpuTicks(parts: ProbeParts, name: string): readonly number[] | undefined {
  const line = firstLine(parts, name);
  if (!line || !/^cpu( +\d{1,15}){4,}$/.test(line)) {
    return undefined;
  }
  return line
    .split(/ +/)
    .slice(1, COUNTED_FIELDS + 1)
    .map(Number);
}

type MemoryNumbers = Pick<HostSample, 'memoryTotalBytes' | 'memoryUsedPercent'>;

/** MemAvailable, never MemFree: what the page cache holds is not used up. */
export function parseMemory(parts: ProbeParts): MemoryNumbers {
  const total = meminfo(parts, 'MemTotal');
  const available = meminfo(parts, 'MemAvailable');
  if (!total) {
    return {};
  }
  const isPlausible = available !== undefined && available <= total;
  return {
    memoryTotalBytes: total,
    memoryUsedPercent: isPlausible ? (100 * (total - available)) / total : undefined,
  };
}

function meminfo(parts: ProbeParts, field: string): number | undefined {
  const line = parts.get('memory')?.lines.find((text) => text.startsWith(`${field}:`));
  const kibibytes = line && /^\w+: *(\d{1,15}) kB$/.exec(line)?.[1];
  return kibibytes ? Number(kibibytes) * KIBIBYTE : undefined;
}

type SystemNumbers = Pick<HostSample, 'cores' | 'loadAverage1' | 'uptimeSeconds'>;

export function parseSystem(parts: ProbeParts): SystemNumbers {
  const cores = firstNumber(parts, 'cores', /^(\d{1,5})$/);
  return {
    cores: cores === 0 ? undefined : cores,
    loadAverage1: firstNumber(parts, 'load', /^(\d{1,6}\.\d+) /),
    uptimeSeconds: firstNumber(parts, 'uptime', /^(\d{1,12}(?:\.\d+)?) /),
  };
}

function firstNumber(parts: ProbeParts, name: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(firstLine(parts, name) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function firstLine(parts: ProbeParts, name: string): string | undefined {
  const part = parts.get(name);
  return part?.exitCode === 0 ? part.lines[0] : undefined;
}
