import type { Threshold } from './inventory.ts';

export interface NumberInWords {
  /** The number in words, e.g. `/var 93 % full`. */
  words(value: number): string;
  /** Behind the threshold, e.g. ` %`. */
  readonly unit: string;
}

/** `/var 93 % full (critical from 90 %)`. `undefined`: the number is within bounds, or is unknown or none. */
export function exceededThreshold(
  value: number | undefined,
  threshold: Threshold,
  { words, unit }: NumberInWords,
): { readonly level: 'warning' | 'critical'; readonly text: string } | undefined {
  if (value === undefined || !(value >= threshold.warning)) {
    return undefined;
  }
  const level = value >= threshold.critical ? 'critical' : 'warning';
  return { level, text: `${words(value)} (${level} from ${threshold[level]}${unit})` };
}
