import type { NamedSecrets } from '../../domain/named-secrets.ts';
import type { CarrierResult, DeliveryContent, Envelope } from '../../services/deliveries/ports.ts';
import { postJson } from './post-json.ts';

type WebhookContent = Extract<DeliveryContent, { kind: 'webhook' }>;

/** Hands the body to one of the customer's webhooks as it is. */
export async function carryWebhook(
  secrets: NamedSecrets,
  message: { readonly content: WebhookContent; readonly envelope: Envelope },
  signal: AbortSignal,
): Promise<CarrierResult> {
  const { content, envelope } = message;
  const webhook = envelope.customer.receivers?.webhooks.find(({ name }) => name === content.webhook);
  if (webhook === undefined) {
    const text = `There is no webhook ${content.webhook} in msops.yml. Add it to \`receivers.webhooks\`, or take it out of \`notices\`.`;
    return { kind: 'refused', trouble: { class: 'not_configured', text }, rejected: [] };
  }
  const name = `Webhook ${webhook.name}`;
  const { url, token } = webhook;
  const post = { name, url, token, body: content.body, idempotencyKey: envelope.key, signal };
  const outcome = await postJson(post, secrets);
  if (outcome.kind === 'taken') {
    return { kind: 'sent', by: `webhook ${webhook.name}`, rejected: [], passedOver: [] };
  }
  return outcome.kind === 'later' ? outcome : { ...outcome, rejected: [] };
}
