import type { Environment } from './inventory.ts';

const LATE_INTERVALS = 3;

/** Checked by itself, again and again: production whose monitoring is not off. */
export function isWatched({ production, monitoring }: Pick<Environment, 'production' | 'monitoring'>): boolean {
  return production && monitoring !== undefined;
}

/** How old a check may be and still say how a host is. Milliseconds. @param least for those that are checked often. */
export function oldestCheckMs({ monitoring }: Pick<Environment, 'monitoring'>, least: number): number {
  return Math.max(least, LATE_INTERVALS * (monitoring?.everyMs ?? 0));
}
