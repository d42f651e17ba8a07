import { z } from 'zod';
import { refOf } from '../../domain/environment-ref.ts';
import type { ProductPlan } from '../../services/products/product-plan-service.ts';
import { selectProduct } from '../../services/products/select-product.ts';
import { patchAutoView } from '../../views/patch-auto-view.ts';
import { patchPlanView } from '../../views/patch-plan-view.ts';
import { productPlanView } from '../../views/product-plan-view.ts';
import { environmentAndHosts, HOSTS_OPTION, readHostList } from '../command-arguments.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { PLAN_OPTIONS, PlanArguments } from '../patch-arguments.ts';
import { requestRollout } from '../request-rollout.ts';
import { showSurvey } from '../show-survey.ts';

export const patchPlan = defineCommand({
  verb: 'patch plan',
  synopsis: '<environment> [--hosts a,b,…] [--product NAME [--level N]]',
  summary:
    'Show which packages wait on each host, security updates marked, and what would need a restart; or where a product stands. Changes nothing.',
  example: 'patch plan prod --hosts apim-1,apim-2',
  permission: 'patch.plan',
  auditAction: 'patch.plan',
  options: PLAN_OPTIONS,
  args: PlanArguments,

  run({ environment, hosts, product, level }, context) {
    const selection = select(context, environment, hosts);
    if (product !== undefined) {
      return showProduct({ selection, product, updateLevel: level }, context);
    }
    const ask = context.services.patching.plan;
    return showSurvey({ selection, ask, view: patchPlanView, name: 'patch-plan' }, context);
  },
});

const AutoArguments = z
  .object({
    words: environmentAndHosts(),
    options: z.object({ hosts: z.string().optional(), enable: z.boolean().default(false) }),
  })
  .transform(({ words: [environment, ...words], options: { hosts, enable } }) => ({
    environment,
    enable,
    hosts: readHostList(words, hosts),
  }));

export const patchAuto = defineCommand({
  verb: 'patch auto',
  synopsis: '<environment> [--hosts a,b,…] [--enable]',
  summary:
    'Show whether security updates install by themselves on each host: what does it, its last run, what it left. With `--enable`, ask for approval to switch it on.',
  example: 'patch auto prod',
  permission: 'patch.plan',
  auditAction: 'patch.auto',
  options: { ...HOSTS_OPTION, enable: { type: 'boolean' } },
  args: AutoArguments,

  run({ environment, hosts, enable }, context) {
    if (enable) {
      return switchOn(environment, hosts, context);
    }
    const selection = select(context, environment, hosts);
    const ask = context.services.patching.auto;
    return showSurvey({ selection, ask, view: patchAutoView, name: 'patch-auto' }, context);
  },
});

function switchOn(typed: string, hosts: readonly string[], context: CommandContext): Promise<void> {
  const { actor, place, services, touch } = context;
  touch({ action: 'patch.auto_enable' });
  const selection = services.inventory.select({
    actor,
    place,
    permission: 'change.request',
    environment: typed,
    hosts,
  });
  const command = `patch auto ${refOf(selection.environment)} --enable`;
  return requestRollout({ selection, type: 'automatic_updates', spec: {}, command }, context);
}

interface WantedProduct {
  readonly selection: ReturnType<typeof select>;
  readonly product: string;
  readonly updateLevel: number | undefined;
}

function showProduct({ selection, product, updateLevel }: WantedProduct, context: CommandContext): Promise<void> {
  const { products } = context.services;
  return showSurvey<ProductPlan>(
    {
      selection: selectProduct(selection, product),
      name: 'patch-plan',
      ask: (selected, onProgress) => products.plan({ ...selected, product, updateLevel }, onProgress),
      view: (facts) => productPlanView({ ...facts, product, updateLevel }),
    },
    context,
  );
}

function select({ actor, place, services }: CommandContext, environment: string, hosts: readonly string[]) {
  return services.inventory.select({ actor, place, permission: 'patch.plan', environment, hosts });
}
