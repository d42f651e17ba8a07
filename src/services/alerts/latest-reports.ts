import type { HostReport } from '../../domain/host-report.ts';
import type { MissingReport } from './alert-service.ts';

export interface Seen {
  readonly reports: readonly HostReport[];
  readonly missing: readonly MissingReport[];
}

/** One of each host, the newest. A host that has reported is not missing. */
export function latestReports({ reports, missing }: Seen): Seen {
  const latest = new Map<string, HostReport>();
  for (const report of reports) {
    const known = latest.get(report.host);
    if (known === undefined || known.checkedAt <= report.checkedAt) {
      latest.set(report.host, report);
    }
  }
  const unheard = new Map(missing.filter(({ host }) => !latest.has(host)).map((one) => [one.host, one]));
  return { reports: [...latest.values()], missing: [...unheard.values()] };
}
