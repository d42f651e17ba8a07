import type { HostReport } from '../../domain/host-report.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import { orderReports } from '../../domain/order-reports.ts';
import { surveyHosts } from '../../domain/survey-hosts.ts';
import { checkHost, type HostCheckDeps } from './check-host.ts';
import type { HostReportStore } from './ports.ts';

/** Hosts of one environment, all of them or some. */
export interface HostSelection {
  readonly environment: Environment;
  readonly hosts: readonly Host[];
}

export interface HostStatusService {
  /**
   * Checks all hosts at once; a slow host delays nobody. Never rejects for a host.
   * @param onProgress is called after each answer with the reports so far, worst first.
   * @returns one report a host, worst first.
   */
  check(selection: HostSelection, onProgress: (reports: readonly HostReport[]) => void): Promise<readonly HostReport[]>;
  /** The last report of each host that is still in the inventory, worst first. Its age is in `checkedAt`. */
  latest(environment: Environment): Promise<readonly HostReport[]>;
}

export interface HostStatusDeps extends HostCheckDeps {
  readonly reports: HostReportStore;
}

export function createHostStatusService(deps: HostStatusDeps): HostStatusService {
  /** A store that is down or slow must not hide what the hosts said. */
  async function save({ customer, name }: Environment, report: HostReport): Promise<void> {
    await deps.reports.save({ customer, environment: name }, report).catch((error: unknown) => {
      deps.logger.error('Host report not saved', { host: report.host, error });
    });
  }

  return {
    async check({ environment, hosts }, onProgress) {
      const saved: Promise<void>[] = [];
      const ask = async (host: Host) => {
        const report = await checkHost(host, environment.accessPath, deps);
        saved.push(save(environment, report));
        return report;
      };
      const reports = await surveyHosts({ hosts, ask, onProgress });
      await Promise.all(saved);
      return reports;
    },

    async latest(environment) {
      const names = new Set(environment.hosts.map(({ name }) => name));
      const reports = await deps.reports.latest({ customer: environment.customer, environment: environment.name });
      return orderReports(reports.filter(({ host }) => names.has(host)));
    },
  };
}
