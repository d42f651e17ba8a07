import type { Finding } from '../../domain/host-report.ts';
import type { Threshold } from '../../domain/inventory.ts';

export interface Measure {
  /** The number in words, e.g. `/var 93 % full`. */
  words(value: number): string;
  /** Behind the threshold, e.g. ` %`. */
  readonly unit: string;
}

/** Nothing for a number within bounds and for one that is unknown: unknown is told apart by whoever read it. */
export function judgeNumber(value: number | undefined, threshold: Threshold, measure: Measure): readonly Finding[] {
  if (value === undefined || !(value >= threshold.warning)) {
    return [];
  }
  const level = value >= threshold.critical ? 'critical' : 'warning';
  return [{ level, text: `${measure.words(value)} (${level} from ${threshold[level]}${measure.unit})` }];
}
