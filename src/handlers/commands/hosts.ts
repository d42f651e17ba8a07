import { hostsView } from '../../views/hosts-view.ts';
import { OneEnvironment } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';

export const hosts = defineCommand({
  verb: 'hosts',
  synopsis: '<environment>',
  summary: 'List the hosts of an environment, their roles, addresses and products.',
  example: 'hosts prod',
  permission: 'inventory.read',
  auditAction: 'inventory.list',
  options: {},
  args: OneEnvironment,

  async run({ environment }, { actor, place, services, answer, touch }) {
    const selection = services.inventory.select({ actor, place, permission: 'inventory.read', environment });
    touch({ customer: selection.customer, environment: selection.environment.name });
    await answer.whisper(hostsView(selection));
  },
});
