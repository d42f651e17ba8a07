import type { HostReport } from '../../domain/host-report.ts';

export interface EnvironmentKey {
  readonly customer: string;
  readonly environment: string;
}

/** The last report of each host, for App Home and for the age of a sample. */
export interface HostReportStore {
  save(key: EnvironmentKey, report: HostReport): Promise<void>;
  latest(key: EnvironmentKey): Promise<readonly HostReport[]>;
}
