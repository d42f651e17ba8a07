import type { DeliveryContent } from '../services/deliveries/delivery.ts';
import { code, cut } from './mrkdwn.ts';

const SHOWN = 8;
const LONGEST = 100;

export const WAYS = { email: 'E-mail', sms: 'Text message', webhook: 'Webhook' } as const;

/** `oncall@acme.example` and 3 more, as code. */
export function addresseesOf(content: DeliveryContent): string {
  return namedAll(content.kind === 'webhook' ? [content.webhook] : content.to);
}

export function namedAll(names: readonly string[]): string {
  const named = names
    .slice(0, SHOWN)
    .map((name) => code(cut(name, LONGEST)))
    .join(', ');
  return names.length > SHOWN ? `${named} and ${names.length - SHOWN} more` : named;
}
