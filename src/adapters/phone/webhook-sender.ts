import type { NamedSecrets } from '../../domain/named-secrets.ts';
import type { PhoneGateway } from '../../domain/receivers.ts';
import { postJson } from '../webhook/post-json.ts';
import type { PhoneSender } from './phone-gateway.ts';

export type PhoneWebhook = Extract<PhoneGateway, { kind: 'webhook' }>;

/** A gateway of the customer or of whoever runs msops: one POST a number. */
export function createWebhookSender({ url, token }: PhoneWebhook, secrets: NamedSecrets): PhoneSender {
  const name = `SMS gateway ${URL.parse(url)?.host ?? ''}`.trim();
  return {
    name,
    text({ to, text, incident, key }, signal) {
      const post = { name, url, token, body: { to, text, incident }, idempotencyKey: `${key}/${to}`, signal };
      return postJson(post, secrets);
    },
  };
}
