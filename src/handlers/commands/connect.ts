import type { PathStep } from '../../services/access-paths/path-step.ts';
import { connectView } from '../../views/connect-view.ts';
import { OneEnvironment } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';
import { showProgress } from '../show-progress.ts';

const PROGRESS_EVERY_MS = 700;

export const connect = defineCommand({
  verb: 'connect',
  synopsis: '<environment>',
  summary: 'Check the way in hop by hop (VPN, bastions, hosts) and show where it breaks.',
  example: 'connect prod',
  permission: 'access_path.check',
  auditAction: 'access_path.check',
  options: {},
  args: OneEnvironment,

  async run({ environment }, { actor, place, services, answer, clock, touch }) {
    const selection = services.inventory.select({ actor, place, permission: 'access_path.check', environment });
    touch({ customer: selection.customer, environment: selection.environment.name });
    const show = (steps: readonly PathStep[], isFinal: boolean): Promise<void> =>
      answer.show('connect', connectView({ selection, steps, isFinal }));
    await show([], false);
    const ask = (onProgress: (steps: readonly PathStep[]) => void) =>
      services.accessPaths.connect(selection, onProgress);
    await showProgress({ clock, everyMs: PROGRESS_EVERY_MS, ask, show });
  },
});
