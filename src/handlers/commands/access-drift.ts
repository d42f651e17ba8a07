import { accessDriftView, driftLookingView, driftNotLookedView } from '../../views/access-drift-view.ts';
import { audienceOf } from '../access-find.ts';
import { OneEnvironment } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';

const ANSWER = 'access-drift';

export const accessDrift = defineCommand({
  verb: 'access drift',
  synopsis: '<environment>',
  summary: 'Compare accounts, keys, groups and sudo on the hosts with what was granted. Changes nothing.',
  example: 'access drift prod',
  permission: 'access.manage',
  auditAction: 'access.drift',
  options: {},
  args: OneEnvironment,

  async run({ environment: typed }, context) {
    const { actor, place, services, answer, touch } = context;
    const asking = { actor, place, permission: 'access.manage' } as const;
    const { customer, environment, hosts } = services.inventory.select({ ...asking, environment: typed });
    touch({ customer, environment: environment.name, hosts: hosts.map(({ name }) => name) });
    const ref = `${customer}/${environment.name}`;
    // Accounts of our people are nothing for a channel that the customer reads.
    const isOurs = audienceOf([customer], context) === 'ops';
    const tell = isOurs ? answer.show.bind(answer, ANSWER) : answer.whisper.bind(answer);
    await tell(driftLookingView(ref, hosts.length));
    try {
      const drifts = await services.access.drift(environment);
      await tell(accessDriftView({ ref, hosts: hosts.length, drifts }));
    } catch (error) {
      await tell(driftNotLookedView(ref));
      throw error;
    }
  },
});
