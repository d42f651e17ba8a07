import type { Host } from './inventory.ts';
import { type Judged, orderReports } from './order-reports.ts';

export interface Survey<Report> {
  readonly hosts: readonly Host[];
  /** `undefined`: there is nothing to report of this host. A rejection ends the survey. */
  ask(host: Host): Promise<Report | undefined>;
  /** Called after each answer with the reports so far, worst first. */
  onProgress(reports: readonly Report[]): void;
}

/** Asks all hosts at once, so that a slow one delays nobody. One report a host, worst first. */
export async function surveyHosts<Report extends Judged>({
  hosts,
  ask,
  onProgress,
}: Survey<Report>): Promise<readonly Report[]> {
  const answered: Report[] = [];
  await Promise.all(
    hosts.map(async (host) => {
      const report = await ask(host);
      if (report !== undefined) {
        answered.push(report);
        onProgress(orderReports(answered));
      }
    }),
  );
  return orderReports(answered);
}
