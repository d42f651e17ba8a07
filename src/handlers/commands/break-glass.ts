import { shortId } from '../../domain/short-id.ts';
import { breakGlassOpenedView } from '../../views/break-glass-view.ts';
import { defineCommand } from '../command-spec.ts';
import { EnvironmentAndReason } from '../rollout-arguments.ts';
import { tellBreakGlass } from '../tell-break-glass.ts';

export const breakGlass = defineCommand({
  verb: 'break-glass',
  synopsis: '<environment> <reason…>',
  summary:
    'In an emergency, let your own changes start without approval for a short time. Everybody who approves and the customer are told at once, and somebody else must review it.',
  example: 'break-glass prod gateway down, certificate expired',
  permission: 'break_glass.use',
  auditAction: 'break_glass.open',
  options: {},
  args: EnvironmentAndReason,

  async run({ environment: typed, reason }, { actor, place, services, answer, outbox, touch }) {
    const asking = { actor, place, permission: 'break_glass.use' } as const;
    const { customer, environment } = services.inventory.select({ ...asking, environment: typed });
    touch({ customer, environment: environment.name });
    const id = shortId(answer.keyOf('break-glass'));
    const opened = await services.breakGlass.open({ id, actor, environment, reason });
    const told = await tellBreakGlass(opened, { services, outbox });
    await answer.whisper(breakGlassOpenedView(opened, told));
  },
});
