import { exceededThreshold, type NumberInWords } from '../../domain/exceeded-threshold.ts';
import type { Signal, Threshold } from '../../domain/inventory.ts';
import type { Reading } from './reading.ts';

export interface Measure extends NumberInWords {
  readonly host: string;
  readonly signal: Signal;
  readonly subject: string;
  /** `undefined` and numbers that are none: unknown. */
  readonly value: number | undefined;
  readonly threshold: Threshold;
  /** An alert ends so far below the warning, in the unit of the threshold. */
  readonly clearMargin: number;
  /** Said when there is no number. */
  readonly unknown: string;
}

/** A wide margin below a low threshold would leave nothing at which it could end. */
const WIDEST_MARGIN = 0.25;

export function measure(of: Measure): Reading {
  const { host, signal, subject, value, threshold } = of;
  const thing = { host, signal, subject };
  if (value === undefined || !Number.isFinite(value)) {
    return { ...thing, level: 'unknown', isClear: false, text: of.unknown };
  }
  const exceeded = exceededThreshold(value, threshold, of);
  if (exceeded !== undefined) {
    return { ...thing, ...exceeded, isClear: false };
  }
  const margin = Math.min(of.clearMargin, threshold.warning * WIDEST_MARGIN);
  return { ...thing, level: 'ok', isClear: value < threshold.warning - margin, text: of.words(value) };
}
