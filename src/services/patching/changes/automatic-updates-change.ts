import { splitProbeOutput } from '../../../domain/probe-output.ts';
import { remoteOf } from '../../../domain/remote-target.ts';
import type { ChangeTarget, HostChange, HostChangeStep, Inspection } from '../../rollouts/host-change.ts';
import { createAskHost } from '../ask-host.ts';
import type { AutoSample } from '../auto-sample.ts';
import { describeStarter } from '../judge-auto.ts';
import { parseAuto } from '../parse-auto.ts';
import { buildPatchProbe } from '../patch-probe-command.ts';
import { type AutomaticWork, findMissing, isMissing, planAutomaticUpdates } from './automatic-updates-plan.ts';
import { DNF_AUTOMATIC_SCRIPT, UNATTENDED_SCRIPT } from './automatic-updates-script.ts';
import { explainFailure } from './explain-failure.ts';
import { type InstallDeps, jobId, shownOutput } from './install-step.ts';
import type { PackageChangeDeps } from './os-packages-change.ts';

/** Makes hosts install security updates by themselves. It has no spec. */
export function createAutomaticUpdatesChange(
  deps: Pick<PackageChangeDeps, 'executor' | 'jobs' | 'logger'>,
): HostChange {
  const ask = createAskHost(deps);
  return {
    type: 'automatic_updates',
    kind: 'patch',
    plan: (spec, selection) => planAutomaticUpdates(ask, spec, selection),
    inspect: (target) => inspectAutomatic(deps, target),
    steps: () => [createSwitchOn(deps)],
  };
}

const RUN_OPTIONS = { deadlineMs: 120_000, maxOutputBytes: 4 * 1024 * 1024 };

async function inspectAutomatic({ executor }: InstallDeps, target: ChangeTarget): Promise<Inspection> {
  const result = await executor.run(remoteOf(target), buildPatchProbe('auto'), RUN_OPTIONS);
  const sample = parseAuto(splitProbeOutput(result.stdout));
  const missing = findMissing(sample);
  if (missing !== undefined && !isMissing(missing)) {
    return { state: 'done', note: 'automatic security updates are switched on' };
  }
  return { state: 'to_do', note: `automatic security updates are not on: ${whyNot(sample, missing)}` };
}

function whyNot({ starter, offBecause, os }: AutoSample, missing: AutomaticWork | undefined): string {
  if (missing === undefined) {
    return os.gaps[0] ?? 'what it runs on is not known';
  }
  if (missing.install) {
    return 'nothing that installs them is installed';
  }
  return missing.settings
    ? (offBecause ?? 'they take in no security updates')
    : (starter && describeStarter(starter)) || 'its timer is not there';
}

function createSwitchOn({ jobs }: InstallDeps): HostChangeStep {
  return {
    name: 'switch automatic updates on',
    async run(target, signal) {
      const { family, origins } = target.work as AutomaticWork;
      const { packageLockMs: lockMs, changeDeadlineMs: deadlineMs } = target.environment.rollout;
      const script = family === 'debian' ? UNATTENDED_SCRIPT : DNF_AUTOMATIC_SCRIPT;
      const args = [String(Math.ceil(lockMs / 1000)), origins ? 'origins' : '-'];
      const job = { id: jobId(target, 'automatic'), script, args };
      const state = await jobs.run(remoteOf(target), job, { deadlineMs, signal });
      const output = state.kind === 'absent' ? '' : shownOutput(state.output);
      if (state.kind !== 'ended') {
        return { ok: false, reason: 'it has not come to its end', advice: 'Look at apt or dnf on the host.', output };
      }
      return state.exitCode === 0
        ? { ok: true, output }
        : { ok: false, ...explainFailure({ ...state, family, lockMs }), output };
    },
  };
}
