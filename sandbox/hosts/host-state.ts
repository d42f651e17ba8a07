import type { HostPlan } from './host-plan.ts';
import type { ProductRun } from './product-run.ts';

/** What somebody did to a host since it was well. */
export interface HostFaults {
  productStopped: boolean;
  productUnhealthy: boolean;
  /** Percent of `/var`; `undefined`: as planned. */
  diskFilledTo: number | undefined;
}

export interface HostState {
  readonly plan: HostPlan;
  readonly faults: HostFaults;
  /** Its product's process, as far as it runs. */
  readonly run: ProductRun;
  /** What its instruments would show at this moment. */
  measure(): HostMeasurement;
}

export interface HostMeasurement {
  readonly uptimeSeconds: number;
  /** Core-seconds since boot, each kind of time of `/proc/stat`. */
  readonly cpu: CpuSeconds;
  /** How much each of them grows in a second from now. */
  readonly cpuPerSecond: CpuSeconds;
  readonly loadAverages: readonly [number, number, number];
  readonly memoryUsedPercent: number;
  readonly oldGenUsedPercent: number;
  /** Share of Eden in use, percent: a saw that every collection resets. */
  readonly edenUsedPercent: number;
}

export interface CpuSeconds {
  readonly user: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number;
  readonly steal: number;
}

const SWING = 0.12;
const EDEN_SAW_SECONDS = 47;

/** @param now milliseconds, any origin; only differences count. */
export function createHostState(plan: HostPlan, now: () => number = () => performance.now()): HostState {
  const startedAt = now();
  const faults = { productStopped: false, productUnhealthy: false, diskFilledTo: undefined };
  /** Hosts do not breathe in step. */
  const periodSeconds = 60 + (plan.name.length * 7 + plan.memoryUsed) / 2;

  function measure(): HostMeasurement {
    const elapsed = (now() - startedAt) / 1000;
    const uptimeSeconds = plan.uptimeDays * 86_400 + 5_400 + elapsed;
    const swing = Math.sin((2 * Math.PI * uptimeSeconds) / periodSeconds);
    const load = (plan.cpuBusy / 100) * plan.cores * (1 + SWING * swing);
    const cpu = cpuSeconds(plan, { uptimeSeconds, periodSeconds });
    return {
      uptimeSeconds,
      cpu,
      cpuPerSecond: growth(cpu, cpuSeconds(plan, { uptimeSeconds: uptimeSeconds + 1, periodSeconds })),
      loadAverages: [load * 1.1, plan.cores * (plan.cpuBusy / 100), plan.cores * (plan.cpuBusy / 100) * 0.95],
      memoryUsedPercent: plan.memoryUsed + swing,
      oldGenUsedPercent: (plan.product?.oldGenUsed ?? 0) + 2 * swing,
      edenUsedPercent: 100 * ((uptimeSeconds % EDEN_SAW_SECONDS) / EDEN_SAW_SECONDS),
    };
  }

  const run = { pid: plan.product?.pid ?? 0, bornAtSeconds: 60, readyAt: undefined };
  return { plan, faults, run, measure };
}

/** The integral of a load that swings around its mean, so that the difference of two reads is the load between them. */
function cpuSeconds(plan: HostPlan, time: { uptimeSeconds: number; periodSeconds: number }): CpuSeconds {
  const turn = time.periodSeconds / (2 * Math.PI);
  const swung = SWING * turn * (1 - Math.cos(time.uptimeSeconds / turn));
  const total = plan.cores * time.uptimeSeconds;
  const busy = plan.cores * (plan.cpuBusy / 100) * (time.uptimeSeconds + swung);
  const steal = total * 0.004;
  const iowait = total * 0.01;
  return { user: busy * 0.74, system: busy * 0.26, idle: total - busy - steal - iowait, iowait, steal };
}

function growth(from: CpuSeconds, to: CpuSeconds): CpuSeconds {
  return {
    user: to.user - from.user,
    system: to.system - from.system,
    idle: to.idle - from.idle,
    iowait: to.iowait - from.iowait,
    steal: to.steal - from.steal,
  };
}
