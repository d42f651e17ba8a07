import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import type { Outbox } from '../services/notifications/ports.ts';
import { breakGlassView } from '../views/break-glass-view.ts';
import type { Services } from './services.ts';

interface TellDeps {
  readonly services: Pick<Services, 'inventory' | 'breakGlass'>;
  readonly outbox: Outbox;
}

/**
 * Tells all channels of the customer, and everybody of ours who could have approved; the same messages are edited later.
 * The customer's own people read it in the channels shared with them: Slack lets us write to few of them directly.
 * @returns how many people were told directly.
 */
export async function tellBreakGlass(opened: BreakGlass, deps: TellDeps): Promise<number> {
  await showBreakGlass(opened, deps);
  const theirs = deps.services.inventory.findCustomer(opened.customer)?.slackTeamId;
  const people = deps.services.breakGlass.toTell(opened).filter(({ id }) => !id.startsWith(`${theirs}:`));
  for (const { id } of people) {
    const userId = id.slice(id.indexOf(':') + 1);
    const message = breakGlassView(opened, 'everybody');
    await deps.outbox.put({ key: `break-glass:${opened.id}:${userId}`, to: { kind: 'direct', userId }, message });
  }
  return people.length;
}

/** Draws it in the channels of the customer as it is now. The review is offered where our own people are. */
export async function showBreakGlass(opened: BreakGlass, { services, outbox }: TellDeps): Promise<void> {
  for (const { channelId, kind } of services.inventory.findCustomer(opened.customer)?.channels ?? []) {
    const message = breakGlassView(opened, kind === 'ops' ? 'reviewers' : 'everybody');
    await outbox.put({ key: `break-glass:${opened.id}:${channelId}`, to: { kind: 'channel', channelId }, message });
  }
}
