import { shortId } from '../../domain/short-id.ts';
import { isTrouble } from './decide-trouble.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryDispatcherDeps } from './delivery-dispatcher.ts';
import type { DeliverySettlement, DueRow } from './dispatch-ports.ts';

type DueDelivery = Extract<DueRow, { kind: 'delivery' }>;

/** One message a delivery, edited as it goes on, in the threads of its alert. Keys are stable: a second try tells it once. */
export async function tellTroubles(
  { record, now }: DueDelivery,
  settlement: DeliverySettlement,
  deps: DeliveryDispatcherDeps,
): Promise<void> {
  const { delivery } = record;
  const { outbox, words, customers } = deps;
  const customerName = customers().find(({ id }) => id === delivery.customer)?.name ?? delivery.customer;
  if (isTrouble(record, settlement, now)) {
    const message = words.trouble({ delivery, customerName, settlement, now });
    for (const { channelId, threadOf } of delivery.troubleThreads) {
      const key = `${threadOf ?? channelId}:trouble:${shortId(delivery.key)}`;
      await outbox.put({ key, to: { kind: 'channel', channelId, threadOf }, message });
    }
  }
  if (settlement.kind === 'sent') {
    const { by, passedOver } = settlement.result;
    const told = passedOver.map((what) => ({ customerName, what, by }));
    await tellPassedOver(delivery, { told, now }, deps);
  }
}

interface PassedOver {
  readonly told: readonly { readonly customerName: string; readonly what: string; readonly by: string }[];
  readonly now: Date;
}

/** Once a day for each customer and gateway: more mails that take the same way round are no news, not even an edit. */
async function tellPassedOver(
  { customer, troubleThreads }: Delivery,
  { told, now }: PassedOver,
  { outbox, messages, words }: DeliveryDispatcherDeps,
): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  const all = told.flatMap((facts) => {
    const of = `passed-over:${customer}:${shortId(gatewayOf(facts.what))}:${day}`;
    return troubleThreads.map((thread) => ({ key: `${of}:${thread.channelId}`, facts, ...thread }));
  });
  const said = await messages.statesOf(all.map(({ key }) => key));
  for (const { key, facts, channelId, threadOf } of all.filter((one) => !said.has(one.key))) {
    await outbox.put({ key, to: { kind: 'channel', channelId, threadOf }, message: words.passedOver(facts) });
  }
}

/** What comes first in every such sentence: `SMTP mail.acme.example:587`, `SES eu-central-1`. */
function gatewayOf(what: string): string {
  return what
    .split(/\s+/, 2)
    .join(' ')
    .replace(/[:,]+$/, '')
    .toLowerCase();
}
