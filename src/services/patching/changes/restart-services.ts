import { count } from '../../../domain/count.ts';
import { remoteOf } from '../../../domain/remote-target.ts';
import { scrubSecrets } from '../../../domain/scrub.ts';
import type { HostChangeStep, StepEnd } from '../../rollouts/host-change.ts';
import type { JobState } from '../../rollouts/host-operations.ts';
import { listed } from '../judge-plan.ts';
import { type InstallDeps, jobId, shownOutput } from './install-step.ts';
import { RESTART_SCRIPT } from './restart-script.ts';

/** systemd gives each service its own time; together no longer than this. */
const DEADLINE_MS = 15 * 60_000;

/** Restarts what runs on replaced files, but for the products, which have steps of their own. */
export function createRestartServices({ jobs }: InstallDeps): HostChangeStep {
  return {
    name: 'restart what needs it',
    async run(target, signal) {
      const units = target.host.products.flatMap(({ unit }) => (unit === undefined ? [] : toService(unit)));
      const job = { id: jobId(target, 'restart'), script: RESTART_SCRIPT, args: units };
      return endOf(await jobs.run(remoteOf(target), job, { deadlineMs: DEADLINE_MS, signal }));
    },
  };
}

function toService(unit: string): string {
  return unit.endsWith('.service') ? unit : `${unit}.service`;
}

function endOf(state: JobState): StepEnd {
  if (state.kind === 'absent' || state.kind === 'vanished') {
    const reason = 'the restart of services was cut off, by a signal or because the machine went down';
    return { ok: false, reason, advice: 'Look at `systemctl --failed` on the host.' };
  }
  const told = readOutput(state.output);
  const output = shownOutput(state.output);
  const reason = whyFailed(state, told.failed);
  return reason === undefined
    ? { ok: true, note: noteOf(told), output }
    : { ok: false, reason, advice: 'The packages are installed. Look at `systemctl --failed` and its log.', output };
}

interface Told {
  readonly restarted: readonly string[];
  readonly left: readonly string[];
  readonly failed: readonly string[];
}

function readOutput(output: string): Told {
  const words = scrubSecrets(output);
  const said = (word: string) => [...words.matchAll(new RegExp(`^msops: ${word} (\\S+?)\\.service(?:: (.*))?$`, 'gm'))];
  return {
    restarted: said('restarted').map(([, name = '']) => name),
    left: said('left').map(([, name = '']) => name),
    failed: said('failed').map(([, name, why]) => `${name}${why ? ` (${why.slice(0, 120)})` : ''}`),
  };
}

/** The script ends with 1 when a service did not restart, and with anything else when it could not do its work. */
function whyFailed(state: JobState, failed: readonly string[]): string | undefined {
  if (state.kind === 'running') {
    return 'services have not restarted in 15 min';
  }
  if (failed.length > 0) {
    return `${count(failed.length, 'service')} did not restart: ${listed(failed)}`;
  }
  return state.kind === 'ended' && state.exitCode !== 0
    ? `what has to be restarted could not be found out (exit code ${state.exitCode})`
    : undefined;
}

function noteOf({ restarted, left }: Told): string {
  return [
    restarted.length > 0 ? `restarted ${listed(restarted)}` : 'no service had to be restarted',
    ...(left.length > 0 ? [`still on replaced files until a reboot: ${listed(left)}`] : []),
  ].join('; ');
}
