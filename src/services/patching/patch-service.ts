import type { HopFailureFacts } from '../../domain/hop-failure.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import type { Host } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import { orderReports } from '../../domain/order-reports.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import type { HostSelection } from '../hosts/host-status-service.ts';
import { createAskHost, isNoAnswer } from './ask-host.ts';
import type { AutoSample, AutoVerdict } from './auto-sample.ts';
import { judgeAuto } from './judge-auto.ts';
import { judgePlan } from './judge-plan.ts';
import type { OsSample } from './os-sample.ts';
import { parseAuto } from './parse-auto.ts';
import { parseOs } from './parse-os.ts';
import { buildPatchProbe } from './patch-probe-command.ts';

interface PatchReport {
  readonly host: string;
  readonly level: Level;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly failure?: HopFailureFacts | undefined;
}

/** What would be patched on one host. */
export interface PatchPlan extends PatchReport {
  /** Missing when the host did not answer. */
  readonly sample?: OsSample | undefined;
}

/** Whether one host patches itself. */
export interface AutoReport extends PatchReport {
  readonly verdict: AutoVerdict;
  readonly sample?: AutoSample | undefined;
}

type Progress<Report> = (reports: readonly Report[]) => void;

/** Both ask all hosts at once, change nothing on them, and never reject for a host. One report a host, worst first. */
export interface PatchService {
  plan(selection: HostSelection, onProgress: Progress<PatchPlan>): Promise<readonly PatchPlan[]>;
  auto(selection: HostSelection, onProgress: Progress<AutoReport>): Promise<readonly AutoReport[]>;
}

export interface PatchServiceDeps {
  readonly executor: RemoteExecutor;
  readonly logger: Logger;
}

export function createPatchService({ executor, logger }: PatchServiceDeps): PatchService {
  const ask = createAskHost({ executor, logger });

  return {
    plan: ({ environment, hosts }, onProgress) =>
      survey(hosts, onProgress, async (host): Promise<PatchPlan> => {
        const parts = await ask({ environment, host }, buildPatchProbe('plan'));
        if (isNoAnswer(parts)) {
          return { host: host.name, ...parts };
        }
        const sample = parseOs(parts);
        return { host: host.name, ...judgePlan(sample), sample };
      }),

    auto: ({ environment, hosts }, onProgress) =>
      survey(hosts, onProgress, async (host): Promise<AutoReport> => {
        const parts = await ask({ environment, host }, buildPatchProbe('auto'));
        if (isNoAnswer(parts)) {
          return { host: host.name, verdict: 'unknown', ...parts };
        }
        const sample = parseAuto(parts);
        return { host: host.name, ...judgeAuto(sample), sample };
      }),
  };
}

/** A slow host delays nobody. */
async function survey<Report extends PatchReport>(
  hosts: readonly Host[],
  onProgress: Progress<Report>,
  ask: (host: Host) => Promise<Report>,
): Promise<readonly Report[]> {
  const answered: Report[] = [];
  await Promise.all(
    hosts.map(async (host) => {
      answered.push(await ask(host));
      onProgress(orderReports(answered));
    }),
  );
  return orderReports(answered);
}
