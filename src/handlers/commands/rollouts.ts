import { rolloutListView } from '../../views/rollout-list-view.ts';
import { MaybeEnvironment } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';
import { selectOrReach } from '../select-or-reach.ts';

export const rollouts = defineCommand({
  verb: 'rollouts',
  synopsis: '[environment]',
  summary: 'List the newest rollouts: what, where, by whom, and how they stand.',
  example: 'rollouts prod',
  permission: 'rollout.read',
  auditAction: 'rollout.list',
  options: {},
  args: MaybeEnvironment,

  async run({ environment: typed }, context) {
    const { services, answer, clock, touch } = context;
    const { customers, environment } = selectOrReach(typed, 'rollout.read', context);
    touch({ customer: environment?.customer, environment: environment?.name });
    const found = await services.rollouts.list({ customers, environment: environment?.name });
    await answer.whisper(rolloutListView(found, clock.now()));
  },
});
