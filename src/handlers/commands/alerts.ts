import { type CustomerScope, covers } from '../../domain/actor.ts';
import { UserError } from '../../domain/errors.ts';
import type { Environment } from '../../domain/inventory.ts';
import { alertTestView, notWatchedView, notWatchedWords } from '../../views/alert-answer-views.ts';
import { alertListView, type LastCheck } from '../../views/alert-list-view.ts';
import { MaybeEnvironment, OneEnvironment } from '../command-arguments.ts';
import { type CommandContext, defineCommand } from '../command-spec.ts';
import { isAmongOurs } from '../find-alert.ts';
import { selectOrReach } from '../select-or-reach.ts';
import type { Services } from '../services.ts';

export const alerts = defineCommand({
  verb: 'alerts',
  synopsis: '[environment]',
  summary: 'List open alerts, worst first, and what is silenced.',
  example: 'alerts prod',
  permission: 'alert.read',
  auditAction: 'alert.list',
  options: {},
  args: MaybeEnvironment,

  async run({ environment: typed }, context) {
    const { customers, environment } = selectOrReach(typed, 'alert.read', context);
    context.touch({ customer: environment?.customer, environment: environment?.name });
    if (environment !== undefined && environment.monitoring === undefined) {
      await context.answer.whisper(notWatchedView(environment));
      return;
    }
    await showAlerts(customers, environment, context);
  },
});

export const alertsTest = defineCommand({
  verb: 'alerts test',
  synopsis: '<environment>',
  summary: 'Send a made-up alert the whole way, to see where it arrives. It ends within a minute.',
  example: 'alerts test prod',
  permission: 'alert.manage',
  auditAction: 'alert.test',
  options: {},
  args: OneEnvironment,

  async run({ environment: typed }, { actor, place, services, answer, touch }) {
    const asking = { actor, place, permission: 'alert.manage' } as const;
    const { customer, environment } = services.inventory.select({ ...asking, environment: typed });
    touch({ customer, environment: environment.name });
    if (environment.monitoring === undefined) {
      const { what, next } = notWatchedWords(environment);
      throw new UserError(what, { hint: next });
    }
    await services.alerts.test(environment, actor);
    await answer.whisper(alertTestView(environment));
  },
});

async function showAlerts(
  customers: CustomerScope,
  environment: Environment | undefined,
  { actor, place, services, answer, clock }: CommandContext,
): Promise<void> {
  const visible = environment ? [environment] : services.inventory.visibleEnvironments({ actor, place });
  const watched = visible.filter(({ customer, monitoring }) => monitoring !== undefined && covers(customers, customer));
  const [groups, silences, checks] = await Promise.all([
    services.alerts.open(customers, environment?.name),
    services.alerts.silences(customers, environment?.name),
    Promise.all(watched.map((one) => lastCheck(one, services))),
  ]);
  const isOps = isAmongOurs(customers, { actor, place, services });
  await answer.whisper(alertListView({ groups, silences, checks, now: clock.now(), isOps }));
}

async function lastCheck(environment: Environment, { hosts }: Services): Promise<LastCheck> {
  const times = (await hosts.latest(environment)).map(({ checkedAt }) => checkedAt.getTime());
  return { environment, at: times.length > 0 ? new Date(Math.max(...times)) : undefined };
}
