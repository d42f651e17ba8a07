import { refOf } from '../../domain/environment-ref.ts';
import { dashboardLinkView } from '../../views/dashboard-link-view.ts';
import { environmentHref } from '../../views/dashboard-links.ts';
import { MaybeEnvironment } from '../command-arguments.ts';
import { defineCommand } from '../command-spec.ts';
import { selectOrReach } from '../select-or-reach.ts';

export const dashboard = defineCommand({
  verb: 'dashboard',
  synopsis: '[environment]',
  summary: 'Give you a personal link to the web dashboard: health, charts, alerts, rollouts.',
  example: 'dashboard prod',
  permission: 'metric.read',
  auditAction: 'web.link',
  options: {},
  args: MaybeEnvironment,

  async run({ environment: typed }, context) {
    const { actor, services, answer, touch } = context;
    const { environment } = selectOrReach(typed, 'metric.read', context);
    touch({ customer: environment?.customer, environment: environment?.name });
    const link = await services.signIn.link(actor, environment === undefined ? '/' : environmentHref(environment));
    await answer.whisper(dashboardLinkView({ ...link, of: environment && refOf(environment) }));
  },
});
