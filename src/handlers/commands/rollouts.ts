import { z } from 'zod';
import { rolloutListView } from '../../views/rollout-list-view.ts';
import { defineCommand } from '../command-spec.ts';

const MaybeEnvironment = z
  .object({ words: z.array(z.string()).max(1, 'One environment at a time, please.') })
  .transform(({ words: [environment] }) => ({ environment }));

export const rollouts = defineCommand({
  verb: 'rollouts',
  synopsis: '[environment]',
  summary: 'List the newest rollouts: what, where, by whom, and how they stand.',
  example: 'rollouts prod',
  permission: 'rollout.read',
  auditAction: 'rollout.list',
  options: {},
  args: MaybeEnvironment,

  async run({ environment: typed }, { actor, place, services, answer, clock, touch }) {
    const asking = { actor, place, permission: 'rollout.read' } as const;
    const selection = typed === undefined ? undefined : services.inventory.select({ ...asking, environment: typed });
    const customers = selection ? [selection.customer] : services.inventory.reach(asking);
    const environment = selection?.environment.name;
    touch({ customer: selection?.customer, environment });
    await answer.whisper(rolloutListView(await services.rollouts.list({ customers, environment }), clock.now()));
  },
});
