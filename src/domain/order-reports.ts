import type { Level } from './host-report.ts';

export interface Judged {
  readonly host: string;
  readonly level: Level;
}

const SEVERITY: Record<Level, number> = { unreachable: 0, critical: 1, warning: 2, unknown: 3, ok: 4 };

/** Made once: `localeCompare` would look up the language at each comparison. */
const BY_NAME = new Intl.Collator('en', { numeric: true });

/** Worst first, then by name as people count: mi-2 before mi-10. */
export function orderReports<Report extends Judged>(reports: readonly Report[]): readonly Report[] {
  return reports.toSorted(
    (one, other) => SEVERITY[one.level] - SEVERITY[other.level] || BY_NAME.compare(one.host, other.host),
  );
}
