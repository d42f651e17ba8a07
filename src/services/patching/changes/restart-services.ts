import { scrubSecrets } from '../../../domain/scrub.ts';
import type { HostChangeStep, StepEnd } from '../../rollouts/host-change.ts';
import type { JobState } from '../../rollouts/host-operations.ts';
import { listed } from '../judge-plan.ts';
import { type InstallDeps, jobId, remoteOf, shownOutput } from './install-step.ts';
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
  const words = scrubSecrets(state.output);
  const said = (word: string) =>
    [...words.matchAll(new RegExp(`^msops: ${word} (\\S+?)\\.service(?:: (.*))?$`, 'gm'))].map((match) => match);
  const failed = said('failed').map(([, name, why]) => `${name}${why ? ` (${why.slice(0, 120)})` : ''}`);
  const output = shownOutput(state.output);
  if (failed.length > 0 || state.kind === 'running') {
    const late = state.kind === 'running' ? 'services have not restarted in 15 min' : undefined;
    const reason =
      late ?? `${failed.length === 1 ? '1 service' : `${failed.length} services`} did not restart: ${listed(failed)}`;
    return {
      ok: false,
      reason,
      advice: 'The packages are installed. Look at `systemctl --failed` and its log.',
      output,
    };
  }
  const restarted = said('restarted').map(([, name = '']) => name);
  const left = said('left').map(([, name = '']) => name);
  const notes = [
    restarted.length > 0 ? `restarted ${listed(restarted)}` : 'no service had to be restarted',
    ...(left.length > 0 ? [`still on replaced files until a reboot: ${listed(left)}`] : []),
  ];
  return { ok: true, note: notes.join('; '), output };
}
