import type { Clock } from '../../../domain/clock.ts';
import { HopFailure } from '../../../domain/hop-failure.ts';
import { remoteOf } from '../../../domain/remote-target.ts';
import type { ChangeTarget, HostChangeStep, StepEnd } from '../../rollouts/host-change.ts';
import type { JobState } from '../../rollouts/host-operations.ts';
import { type AskHost, isNoAnswer } from '../ask-host.ts';
import { parseOs } from '../parse-os.ts';
import { buildPatchProbe } from '../patch-probe-command.ts';
import { type InstallDeps, jobId, shownOutput } from './install-step.ts';
import { REBOOT_SCRIPT } from './restart-script.ts';

export interface RebootDeps extends InstallDeps {
  readonly clock: Clock;
  readonly ask: AskHost;
}

/** Reboots once when the system asks for it, and waits until it is back. What was begun is on the host's disk. */
export function createRebootStep(deps: RebootDeps): HostChangeStep {
  return {
    name: 'reboot',
    async run(target, signal) {
      const id = jobId(target, 'reboot');
      const begun = await deps.jobs.look(remoteOf(target), id);
      if (begun.kind !== 'absent') {
        return waitForBoot(deps, { target, before: bootOf(begun) }, signal);
      }
      const needed = await isRebootNeeded(deps.ask, target);
      if (needed !== true) {
        const note =
          needed === false ? 'no reboot is needed' : 'whether a reboot is needed could not be told: none done';
        return { ok: true, note };
      }
      const before = await readBoot(deps, target, signal);
      await deps.jobs.start(remoteOf(target), { id, script: REBOOT_SCRIPT, args: [] });
      return waitForBoot(deps, { target, before }, signal);
    },
  };
}

async function isRebootNeeded(ask: AskHost, { environment, host }: ChangeTarget): Promise<boolean | undefined> {
  const parts = await ask({ environment, host }, buildPatchProbe('plan'));
  return isNoAnswer(parts) ? undefined : parseOs(parts).kernel.rebootNeeded;
}

/** As the job wrote it down before it went. */
function bootOf(state: JobState): string | undefined {
  return state.kind === 'absent' ? undefined : /^msops: boot (\S+)$/m.exec(state.output)?.[1];
}

const READ_OPTIONS = { deadlineMs: 20_000 };

async function readBoot({ executor }: RebootDeps, target: ChangeTarget, signal: AbortSignal): Promise<string> {
  const command = ['cat', '/proc/sys/kernel/random/boot_id'];
  const { stdout } = await executor.run(remoteOf(target), command, { ...READ_OPTIONS, signal });
  return stdout.trim();
}

const PAUSE_MS = 5_000;

interface Rebooting {
  readonly target: ChangeTarget;
  readonly before: string | undefined;
}

async function waitForBoot(deps: RebootDeps, { target, before }: Rebooting, signal: AbortSignal): Promise<StepEnd> {
  const { clock } = deps;
  const deadlineMs = target.environment.rollout.startDeadlineMs;
  const deadline = clock.now().getTime() + deadlineMs;
  let seen: string | undefined;
  while (clock.now().getTime() < deadline) {
    seen = await readBoot(deps, target, signal).catch(ignoreHopFailure);
    if (seen !== undefined && seen !== '' && before !== undefined && seen !== before) {
      return { ok: true, note: 'rebooted' };
    }
    const refused = seen === undefined ? undefined : await whyRefused(deps, target);
    if (refused !== undefined) {
      return refused;
    }
    await clock.sleep(PAUSE_MS, signal);
    signal.throwIfAborted();
  }
  const minutes = Math.round(deadlineMs / 60_000);
  return seen === undefined
    ? { ok: false, reason: `it did not come back within ${minutes} min of its reboot`, advice: 'Look at its console.' }
    : {
        ok: false,
        reason: `it did not go down for its reboot within ${minutes} min`,
        advice: 'Look at `systemctl list-jobs` on the host.',
      };
}

/** It is up, and still the same boot: was the reboot refused? */
async function whyRefused({ jobs }: RebootDeps, target: ChangeTarget): Promise<StepEnd | undefined> {
  const state = await jobs.look(remoteOf(target), jobId(target, 'reboot')).catch(ignoreHopFailure);
  return state?.kind === 'ended' && state.exitCode !== 0 && state.exitCode <= 128
    ? {
        ok: false,
        reason: 'the host refused to reboot',
        advice: 'Look at its output, and reboot it by hand.',
        output: shownOutput(state.output),
      }
    : undefined;
}

function ignoreHopFailure(error: unknown): undefined {
  if (!(error instanceof HopFailure)) {
    throw error;
  }
}
