import type { Clock } from '../../domain/clock.ts';
import type { HopFailureFacts } from '../../domain/hop-failure.ts';
import type { Finding, Level } from '../../domain/host-report.ts';
import type { Environment, Host } from '../../domain/inventory.ts';
import type { RemoteExecutor } from '../../domain/remote-executor.ts';
import { surveyHosts } from '../../domain/survey-hosts.ts';
import type { HostSelection } from '../hosts/host-status-service.ts';
import { createAskHost, isNoAnswer } from './ask-host.ts';
import type { AutoSample, AutoVerdict } from './auto-sample.ts';
import { judgeAuto } from './judge-auto.ts';
import { judgePlan, verdictOf } from './judge-plan.ts';
import { findOverdue, judgeOverdue } from './judge-waiting.ts';
import { type NoteWaitingDeps, noteWaiting } from './note-waiting.ts';
import type { OsSample } from './os-sample.ts';
import { parseAuto } from './parse-auto.ts';
import { parseOs } from './parse-os.ts';
import { buildPatchProbe } from './patch-probe-command.ts';
import type { WaitingUpdate } from './ports.ts';

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
  /** Whether it installs security updates by itself; no finding of a plan. */
  readonly automatic?: { readonly verdict: AutoVerdict; readonly sample: AutoSample } | undefined;
}

/** Whether one host patches itself. */
export interface AutoReport extends PatchReport {
  readonly verdict: AutoVerdict;
  readonly sample?: AutoSample | undefined;
  /** Security updates that wait, with since when, longest first; missing when it is not known. */
  readonly waiting?: readonly WaitingUpdate[] | undefined;
  /** Of them, those that wait for longer than was agreed. */
  readonly overdue?: readonly WaitingUpdate[] | undefined;
}

type Progress<Report> = (reports: readonly Report[]) => void;

/** Both ask all hosts at once, change nothing on them, and never reject for a host. One report a host, worst first. */
export interface PatchService {
  plan(selection: HostSelection, onProgress: Progress<PatchPlan>): Promise<readonly PatchPlan[]>;
  auto(selection: HostSelection, onProgress: Progress<AutoReport>): Promise<readonly AutoReport[]>;
}

export interface PatchServiceDeps extends NoteWaitingDeps {
  readonly executor: RemoteExecutor;
  /** For the age of what waits; goes with `waiting`. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
}

export function createPatchService(deps: PatchServiceDeps): PatchService {
  const ask = createAskHost(deps);

  async function plan(environment: Environment, host: Host): Promise<PatchPlan> {
    const parts = await ask({ environment, host }, buildPatchProbe('both'));
    if (isNoAnswer(parts)) {
      return { host: host.name, ...parts };
    }
    const sample = parseOs(parts);
    await noteWaiting(deps, { environment, host: host.name }, sample);
    const automatic = parseAuto(parts);
    const { verdict } = judgeAuto(automatic);
    return { host: host.name, ...judgePlan(sample), sample, automatic: { verdict, sample: automatic } };
  }

  async function auto(environment: Environment, host: Host): Promise<AutoReport> {
    const parts = await ask({ environment, host }, buildPatchProbe('auto'));
    if (isNoAnswer(parts)) {
      return { host: host.name, verdict: 'unknown', ...parts };
    }
    const sample = parseAuto(parts);
    const waiting = await noteWaiting(deps, { environment, host: host.name }, sample.os);
    return withOverdue({ host: host.name, ...judgeAuto(sample), sample, waiting }, environment, deps.clock?.now());
  }

  return {
    plan: ({ environment, hosts }, onProgress) =>
      surveyHosts({ hosts, ask: (host) => plan(environment, host), onProgress }),
    auto: ({ environment, hosts }, onProgress) =>
      surveyHosts({ hosts, ask: (host) => auto(environment, host), onProgress }),
  };
}

function withOverdue(report: AutoReport, { securityWithinMs }: Environment, now: Date | undefined): AutoReport {
  const { waiting, findings } = report;
  if (waiting === undefined || securityWithinMs === undefined || now === undefined) {
    return report;
  }
  const overdue = findOverdue(waiting, securityWithinMs, now);
  return { ...report, ...verdictOf([...findings, ...judgeOverdue(overdue, securityWithinMs, now)]), overdue };
}
