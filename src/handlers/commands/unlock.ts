import { lockBrokenView } from '../../views/lock-view.ts';
import { defineCommand } from '../command-spec.ts';
import { EnvironmentAndReason } from '../rollout-arguments.ts';

export const unlock = defineCommand({
  verb: 'unlock',
  synopsis: '<environment> <reason…>',
  summary: 'Break the lock that a rollout holds on an environment. That rollout pauses before its next wave.',
  example: 'unlock prod the bot of the old site still holds it',
  permission: 'lock.break',
  auditAction: 'lock.break',
  options: {},
  args: EnvironmentAndReason,

  async run({ environment: typed, reason }, { actor, place, services, answer, clock, touch }) {
    const asking = { actor, place, permission: 'lock.break' } as const;
    const { customer, environment } = services.inventory.select({ ...asking, environment: typed });
    touch({ customer, environment: environment.name });
    const lock = await services.rollouts.breakLock({ customer, environment: environment.name, actor, reason });
    await answer.show('unlock', lockBrokenView({ lock, by: actor.displayName, reason, now: clock.now() }));
  },
});
