import { z } from 'zod';
import { DeniedError } from '../../domain/errors.ts';
import { dashboardLinkView } from '../../views/dashboard-link-view.ts';
import { environmentHref } from '../../views/dashboard-links.ts';
import { defineCommand } from '../command-spec.ts';

const MaybeEnvironment = z
  .object({ words: z.array(z.string()).max(1, 'One environment at a time, please.') })
  .transform(({ words: [environment] }) => ({ environment }));

export const dashboard = defineCommand({
  verb: 'dashboard',
  synopsis: '[environment]',
  summary: 'Give you a personal link to the web dashboard: health, charts, alerts, rollouts.',
  example: 'dashboard prod',
  permission: 'metric.read',
  auditAction: 'web.link',
  options: {},
  args: MaybeEnvironment,

  async run({ environment: typed }, { actor, place, services, answer, touch }) {
    const asking = { actor, place, permission: 'metric.read' } as const;
    if (typed === undefined) {
      const decision = services.inventory.mayUse(asking);
      if (!decision.allowed) {
        throw new DeniedError(decision.reason);
      }
      await answer.whisper(dashboardLinkView(await services.signIn.link(actor, '/')));
      return;
    }
    const { customer, environment } = services.inventory.select({ ...asking, environment: typed });
    touch({ customer, environment: environment.name });
    const link = await services.signIn.link(actor, environmentHref(environment));
    await answer.whisper(dashboardLinkView({ ...link, of: `${customer}/${environment.name}` }));
  },
});
