import { connectView } from '../../views/connect-view.ts';
import { OneEnvironment } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';
import { paced } from '../paced.ts';

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
    const show = (steps: Parameters<typeof connectView>[0]['steps'], isFinal: boolean): Promise<void> =>
      answer.show('connect', connectView({ selection, steps, isFinal }));
    await show([], false);
    const progress = paced(clock, PROGRESS_EVERY_MS, (steps: Parameters<typeof show>[0]) => show(steps, false));
    const steps = await services.accessPaths.connect(selection, progress.call);
    await progress.end();
    await show(steps, true);
  },
});
