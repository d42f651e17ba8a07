import { uptime } from 'node:os';
import type { HostPlan } from './host-plan.ts';
import type { CpuSeconds, HostMeasurement } from './host-state.ts';

/** USER_HZ: the ticks that `/proc/stat` counts in. */
const TICKS_PER_SECOND = 100;

/** The files under `/proc` that a host's numbers are read from, by path below its root, in the kernel's formats. */
export function procFiles(plan: HostPlan, measured: HostMeasurement): Record<string, string> {
  return {
    'proc/stat': stat(plan, measured),
    '.host/stat': statWithGrowth(plan, measured),
    'proc/meminfo': meminfo(plan, measured),
    'proc/loadavg': `${measured.loadAverages.map((value) => value.toFixed(2)).join(' ')} 2/412 30211\n`,
    'proc/uptime': `${measured.uptimeSeconds.toFixed(2)} ${measured.cpu.idle.toFixed(2)}\n`,
  };
}

/**
 * What the `cat` of the host makes `/proc/stat` of: first when this was written, by the clock of `/proc/uptime`, and how
 * fast each number grows. So two reads differ by the time between them, however busy this process is.
 */
function statWithGrowth(plan: HostPlan, measured: HostMeasurement): string {
  const { user, system, idle, iowait, steal } = measured.cpuPerSecond;
  const perSecond = [user, system, idle, iowait, steal].map((seconds) => (seconds * TICKS_PER_SECOND).toFixed(3));
  return `${uptime().toFixed(2)} ${plan.cores} ${perSecond.join(' ')}\n${stat(plan, measured)}`;
}

function stat(plan: HostPlan, { cpu }: HostMeasurement): string {
  const cores = Array.from({ length: plan.cores }, (_, core) => `cpu${core} ${cpuTicks(cpu, plan.cores)}`);
  const lines = [`cpu  ${cpuTicks(cpu, 1)}`, ...cores, 'intr 0', 'ctxt 88123456', 'processes 30211', 'procs_running 2'];
  return `${lines.join('\n')}\n`;
}

/** user nice system idle iowait irq softirq steal guest guest_nice */
function cpuTicks(cpu: CpuSeconds, share: number): string {
  const kinds = [cpu.user, 0, cpu.system, cpu.idle, cpu.iowait, 0, 0, cpu.steal, 0, 0];
  return kinds.map((seconds) => Math.round((seconds * TICKS_PER_SECOND) / share)).join(' ');
}

function meminfo(plan: HostPlan, { memoryUsedPercent }: HostMeasurement): string {
  const total = plan.memoryGiB * 1024 * 1024;
  const available = Math.round(total * (1 - memoryUsedPercent / 100));
  const kilobytes: Record<string, number> = {
    MemTotal: total,
    MemFree: Math.round(available * 0.3),
    MemAvailable: available,
    Buffers: Math.round(total * 0.02),
    Cached: Math.round(available * 0.65),
    SwapTotal: 2_097_148,
    SwapFree: 2_097_148,
  };
  return Object.entries(kilobytes)
    .map(([name, value]) => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB\n`)
    .join('');
}
