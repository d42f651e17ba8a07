import { HopFailure, type HopFailureFacts } from '../../domain/hop-failure.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import { orderReports } from '../../domain/order-reports.ts';
import { describeExit, type ProbeParts, splitProbeOutput } from '../../domain/probe-output.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import type { HostSelection } from '../hosts/host-status-service.ts';
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

/** apt takes seconds on a small machine, dnf without its cache in memory half a minute. */
const RUN_OPTIONS = { deadlineMs: 120_000, maxOutputBytes: 4 * 1024 * 1024 };

export function createPatchService({ executor, logger }: PatchServiceDeps): PatchService {
  async function ask(host: Host, { accessPath }: Environment, question: 'plan' | 'auto'): Promise<ProbeParts | Failed> {
    try {
      const target = { endpoint: host.ssh, path: accessPath };
      const result = await executor.run(target, buildPatchProbe(question), RUN_OPTIONS);
      return result.exitCode === 0
        ? splitProbeOutput(result.stdout)
        : failed(`the check on the host failed: ${describeExit(result)}`);
    } catch (error) {
      if (error instanceof HopFailure) {
        return { level: 'unreachable', findings: [], failure: error.facts };
      }
      logger.error('Patch check failed', { host: host.name, error });
      return failed('the check failed inside msops; its log has the cause');
    }
  }

  return {
    plan: ({ environment, hosts }, onProgress) =>
      survey(hosts, onProgress, async (host): Promise<PatchPlan> => {
        const parts = await ask(host, environment, 'plan');
        if (isFailed(parts)) {
          return { host: host.name, ...parts };
        }
        const sample = parseOs(parts);
        return { host: host.name, ...judgePlan(sample), sample };
      }),

    auto: ({ environment, hosts }, onProgress) =>
      survey(hosts, onProgress, async (host): Promise<AutoReport> => {
        const parts = await ask(host, environment, 'auto');
        if (isFailed(parts)) {
          return { host: host.name, verdict: 'unknown', ...parts };
        }
        const sample = parseAuto(parts);
        return { host: host.name, ...judgeAuto(sample), sample };
      }),
  };
}

type Failed = Pick<PatchReport, 'level' | 'findings' | 'failure'>;

function isFailed(answer: ProbeParts | Failed): answer is Failed {
  return 'findings' in answer;
}

function failed(text: string): Failed {
  return { level: 'unknown', findings: [{ level: 'unknown', text }] };
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
