import { exceededThreshold, type NumberInWords } from '../../domain/exceeded-threshold.ts';
import type { Finding } from '../../domain/host-report.ts';
import type { Threshold } from '../../domain/inventory.ts';

/** Nothing for a number within bounds and for one that is unknown: unknown is told apart by whoever read it. */
export function judgeNumber(value: number | undefined, threshold: Threshold, words: NumberInWords): readonly Finding[] {
  const exceeded = exceededThreshold(value, threshold, words);
  return exceeded === undefined ? [] : [exceeded];
}
