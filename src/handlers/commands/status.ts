import { EnvironmentAndHosts } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';
import { showStatus } from '../show-status.ts';

export const status = defineCommand({
  verb: 'status',
  synopsis: '<environment> [host…]',
  summary: 'Check hosts now: reachability, CPU, memory, disk, JVM heap, application health.',
  example: 'status prod',
  permission: 'host.read',
  auditAction: 'host.status',
  options: {},
  args: EnvironmentAndHosts,

  run({ environment, hosts }, context) {
    const { actor, place, services, answer } = context;
    const selection = services.inventory.select({ actor, place, permission: 'host.read', environment, hosts });
    return showStatus(selection, context, answer.keyOf('status'));
  },
});
