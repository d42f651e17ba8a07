import type { DeliveryContent } from '../services/deliveries/delivery.ts';
import { listInCode } from './rollout-text.ts';

const SHOWN = 8;
const LONGEST = 100;

export const WAYS = { email: 'E-mail', sms: 'Text message', webhook: 'Webhook' } as const;

/** `oncall@acme.example` and 3 more, as code. */
export function addresseesOf(content: DeliveryContent): string {
  return namedAll(content.kind === 'webhook' ? [content.webhook] : content.to);
}

export function namedAll(names: readonly string[]): string {
  return listInCode(names, { most: SHOWN, longest: LONGEST });
}
