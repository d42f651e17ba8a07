import { decideWatch } from './decide-watch.ts';
import type { DeliveryDispatcherDeps } from './delivery-dispatcher.ts';
import type { DueRow } from './dispatch-ports.ts';

type DueWatch = Extract<DueRow, { kind: 'watch' }>;

/** When Slack was late, the thread hears by how much, and who had been told by then in other ways. */
export async function closeWatch({ watch, putAt, now }: DueWatch, deps: DeliveryDispatcherDeps): Promise<void> {
  const { rows, messages, outbox, words } = deps;
  const states = await messages.statesOf(watch.messages.map(({ key }) => key));
  const outcome = decideWatch({ messages: watch.messages, states, putAt, now });
  if (outcome.kind === 'again') {
    await rows.settle(watch.key, outcome);
    return;
  }
  const records = outcome.late.length > 0 ? await rows.ofIncident(watch.incident) : [];
  for (const { message, postedAt } of outcome.late) {
    const before = records.filter(({ state, settledAt }) => state === 'sent' && settledAt && settledAt < postedAt);
    const { channelId, threadOf } = message;
    await outbox.put({
      key: `${message.key}:gap`,
      to: { kind: 'channel', channelId, threadOf },
      message: words.gap({ putAt, postedAt, before }),
    });
  }
  await rows.settle(watch.key, { kind: 'not_needed' });
}
