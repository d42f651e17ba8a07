import { patchAutoView } from '../../views/patch-auto-view.ts';
import { patchPlanView } from '../../views/patch-plan-view.ts';
import { EnvironmentAndHostList, HOSTS_OPTION } from '../command-arguments.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { showSurvey } from '../show-survey.ts';

export const patchPlan = defineCommand({
  verb: 'patch plan',
  synopsis: '<environment> [--hosts a,b,…]',
  summary:
    'Show which packages wait on each host, security updates marked, and what would need a restart. Changes nothing.',
  example: 'patch plan prod --hosts apim-1,apim-2',
  permission: 'patch.plan',
  auditAction: 'patch.plan',
  options: HOSTS_OPTION,
  args: EnvironmentAndHostList,

  run({ environment, hosts }, context) {
    const selection = select(context, environment, hosts);
    const ask = context.services.patching.plan;
    return showSurvey({ selection, ask, view: patchPlanView, name: 'patch-plan' }, context);
  },
});

export const patchAuto = defineCommand({
  verb: 'patch auto',
  synopsis: '<environment> [--hosts a,b,…]',
  summary:
    'Show whether security updates install by themselves on each host: what does it, its last run, what it left.',
  example: 'patch auto prod',
  permission: 'patch.plan',
  auditAction: 'patch.auto',
  options: HOSTS_OPTION,
  args: EnvironmentAndHostList,

  run({ environment, hosts }, context) {
    const selection = select(context, environment, hosts);
    const ask = context.services.patching.auto;
    return showSurvey({ selection, ask, view: patchAutoView, name: 'patch-auto' }, context);
  },
});

function select({ actor, place, services }: CommandContext, environment: string, hosts: readonly string[]) {
  return services.inventory.select({ actor, place, permission: 'patch.plan', environment, hosts });
}
