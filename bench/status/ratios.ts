import type { Measured } from './measure.ts';
import { MSOPS } from './tools.ts';
import type { WaveKind, WaveState } from './wave.ts';

export type Cost = 'wallMs' | 'clientCpuMs' | 'bastionCpuMs' | 'hostsCpuMs' | 'peakMiB' | 'noise';

export interface Slice {
  readonly size: number;
  readonly state: WaveState;
  readonly kind: WaveKind;
}

export function inSlice(measured: readonly Measured[], { size, state, kind }: Slice): readonly Measured[] {
  return measured.filter((one) => one.size === size && one.state === state && one.kind === kind);
}

/** Median over the repetitions. */
export function typical(measured: readonly Measured[], tool: string, cost: Cost): number | undefined {
  return median(measured.filter((one) => one.tool === tool).map((one) => one[cost]));
}

/** What msops costs for each unit that the other tool costs: the median of the ratios within the repetitions. */
export function ratioTo(measured: readonly Measured[], tool: string, cost: Cost): number | undefined {
  const others = measured.filter((one) => one.tool === tool);
  return median(
    others.map((other) => {
      const own = measured.find((one) => one.tool === MSOPS && one.rep === other.rep)?.[cost];
      const theirs = other[cost];
      return own === undefined || theirs === undefined ? undefined : own / theirs;
    }),
  );
}

export function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const [low, high] = [known[Math.floor((known.length - 1) / 2)], known[Math.floor(known.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
