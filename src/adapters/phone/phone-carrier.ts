import type { Clock } from '../../domain/clock.ts';
import type { NamedSecrets } from '../../domain/named-secrets.ts';
import type { PhoneGateway } from '../../domain/receivers.ts';
import type { CarrierResult, DeliveryContent, Envelope, Rejection, Trouble } from '../../services/deliveries/ports.ts';
import type { AwsClients } from '../aws/aws-clients.ts';
import { fitSms } from './fit-sms.ts';
import type { PhoneSender, TextOutcome } from './phone-gateway.ts';
import { createSnsSender } from './sns-sender.ts';
import { createWebhookSender } from './webhook-sender.ts';

export interface PhoneCarrierDeps {
  readonly secrets: NamedSecrets;
  readonly aws: Pick<AwsClients, 'sns'>;
  readonly clock: Clock;
}

type SmsContent = Extract<DeliveryContent, { kind: 'sms' }>;

const NOT_CONFIGURED = 'No SMS gateway is set for this customer: add `receivers.phones` to msops.yml.';
/** For one number, so that a gateway that hangs leaves time for the next. */
const TEXT_TIMEOUT_MS = 8_000;
/** Before a number that could not be texted is tried again, within the same send: the others have their text already. */
const PAUSES_MS = [1_000, 3_000] as const;

/**
 * One number after the other: gateways count by the second. A text that went out cannot be taken back, so a send in
 * which some numbers were texted is never repeated; the others come out as rejected.
 */
export async function carrySms(
  deps: PhoneCarrierDeps,
  message: { readonly content: SmsContent; readonly envelope: Envelope },
  signal: AbortSignal,
): Promise<CarrierResult> {
  const { content, envelope } = message;
  const phones = envelope.customer.receivers?.phones;
  if (phones === undefined) {
    return { kind: 'refused', trouble: { class: 'not_configured', text: NOT_CONFIGURED }, rejected: [] };
  }
  const sender = openSender(phones, deps);
  const text = fitSms(content.text);
  const outcomes = new Map<string, TextOutcome>();
  for (const pauseMs of [0, ...PAUSES_MS]) {
    const open = content.to.filter((to) => (outcomes.get(to)?.kind ?? 'later') === 'later');
    if (open.length === 0 || signal.aborted || (pauseMs > 0 && open.length === outcomes.size)) {
      break;
    }
    await deps.clock.sleep(pauseMs, signal);
    for (const to of open) {
      const { incident, key } = envelope;
      const within = AbortSignal.any([signal, AbortSignal.timeout(TEXT_TIMEOUT_MS)]);
      outcomes.set(to, await sender.text({ to, text, incident, key }, within));
    }
  }
  return summarize(outcomes, sender.name);
}

function openSender(phones: PhoneGateway, { secrets, aws }: PhoneCarrierDeps): PhoneSender {
  return phones.kind === 'webhook' ? createWebhookSender(phones, secrets) : createSnsSender(phones, aws);
}

function summarize(outcomes: ReadonlyMap<string, TextOutcome>, by: string): CarrierResult {
  const all = [...outcomes.values()];
  const taken = all.filter((one) => one.kind === 'taken');
  const rejected = [...outcomes].flatMap(([recipient, outcome]): Rejection[] =>
    outcome.kind === 'taken' ? [] : [{ recipient, reason: outcome.trouble.text }],
  );
  if (taken.length > 0) {
    const ids = taken.map(({ id }) => id).filter((id) => id !== undefined);
    return { kind: 'sent', by, id: ids.length > 0 ? ids.join(', ') : undefined, rejected, passedOver: [] };
  }
  const later = all.find((one) => one.kind === 'later');
  const trouble: Trouble = later?.trouble ?? firstTrouble(all);
  return later ? { kind: 'later', trouble } : { kind: 'refused', trouble, rejected };
}

function firstTrouble(outcomes: readonly TextOutcome[]): Trouble {
  const refused = outcomes.find((one) => one.kind === 'refused');
  return refused?.trouble ?? { class: 'other', text: 'There is no number to text.' };
}
