import { count } from '../../../domain/count.ts';
import type { RemoteExecutor } from '../../../domain/remote-executor.ts';
import { remoteOf } from '../../../domain/remote-target.ts';
import { scrubSecrets } from '../../../domain/scrub.ts';
import type { ChangeTarget, HostChangeStep, Inspection, StepEnd } from '../../rollouts/host-change.ts';
import type { DetachedJobs, JobState } from '../../rollouts/host-operations.ts';
import { explainFailure } from './explain-failure.ts';
import { inspectPackages } from './inspect-packages.ts';
import { buildInstall, managerOf } from './install-script.ts';
import { readPackageWork } from './package-work.ts';

export interface InstallDeps {
  readonly executor: RemoteExecutor;
  readonly jobs: DetachedJobs;
}

/** Brings the packages to their versions, up or down, and looks whether they are there. */
export function createInstallStep(deps: InstallDeps, target: ChangeTarget, direction: 'up' | 'down'): HostChangeStep {
  const { packages, repair } = readPackageWork(target.work);
  const verb = direction === 'up' ? 'install' : 'bring back';
  const name = packages.length === 0 && repair ? 'repair dpkg' : `${verb} ${count(packages.length, 'package')}`;
  return {
    name,
    async run(current, signal) {
      const { rollout } = current.environment;
      const work = readPackageWork(current.work);
      const id = jobId(current, 'packages');
      const job = buildInstall({ id, work, direction, lockMs: rollout.packageLockMs });
      const deadlineMs = rollout.changeDeadlineMs;
      const state = await deps.jobs.run(remoteOf(current), job, { deadlineMs, signal });
      return endOf(state, { target: current, id, look: () => inspectPackages(deps.executor, current, direction) });
    },
  };
}

/** One job of each kind a rollout and host. */
export function jobId({ rolloutId }: Pick<ChangeTarget, 'rolloutId'>, kind: string): string {
  return `${rolloutId}-${kind}`;
}

interface Ending {
  readonly target: ChangeTarget;
  readonly id: string;
  look(): Promise<Inspection>;
}

async function endOf(state: JobState, { target, id, look }: Ending): Promise<StepEnd> {
  const { changeDeadlineMs, packageLockMs: lockMs } = target.environment.rollout;
  const { family } = readPackageWork(target.work);
  const manager = managerOf(family);
  if (state.kind === 'running') {
    const minutes = Math.round(changeDeadlineMs / 60_000);
    return {
      ok: false,
      reason: `${manager} has not come to its end in ${minutes} min, and goes on on the host`,
      advice: `Its output is in ~/.msops/jobs/${id}/out there. Wait for its end before anything else is installed.`,
      output: shownOutput(state.output),
    };
  }
  const output = state.kind === 'absent' ? undefined : shownOutput(state.output);
  const exitCode =
    state.kind === 'ended' && (state.exitCode <= SIGNALED || state.exitCode === 200) ? state.exitCode : undefined;
  if (exitCode !== undefined && exitCode !== 0 && state.kind === 'ended') {
    return { ok: false, ...explainFailure({ family, exitCode, output: state.output, lockMs }), output };
  }
  const { state: reached, note = '' } = await look();
  return reached === 'done'
    ? { ok: true, note, output }
    : { ok: false, ...unfinished(exitCode, manager, note), output };
}

/** Exit codes above are those of a shell whose program was ended by a signal, but for dnf's 200. */
const SIGNALED = 128;

function unfinished(exitCode: number | undefined, manager: string, note: string) {
  return exitCode === 0
    ? { reason: `${manager} ended without an error, but: ${note}`, advice: 'Look at its output, and plan again.' }
    : {
        reason: `${manager} was cut off, by a signal or because the machine went down: ${note}`,
        advice: 'Plan again; ask with --repair when the plan says that dpkg was interrupted.',
      };
}

const LONGEST_OUTPUT = 4000;

/** The end of it, without secrets. */
export function shownOutput(output: string): string {
  return scrubSecrets(output).trim().slice(-LONGEST_OUTPUT);
}
