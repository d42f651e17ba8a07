import type { Customer, Environment } from '../domain/inventory.ts';
import type { IncomingAlert } from '../services/alerts/alert-service.ts';
import { toIncoming } from './webhook-alerts.ts';
import type { WebhookBody } from './webhook-body.ts';
import { placeAlert } from './webhook-environment.ts';

/** One delivery in our words. */
export interface WebhookDelivery {
  readonly parts: readonly { readonly environment: Environment; readonly alerts: readonly IncomingAlert[] }[];
  /** Of a severity that nobody has to hear of. */
  readonly dropped: number;
  /** Cut off by the sender or by us. */
  readonly cut: number;
  /** Why some belong nowhere, each reason once. */
  readonly problems: readonly string[];
}

export interface DeliveryContext {
  readonly customer: Customer;
  /** `?environment=`. */
  readonly asked: string | undefined;
  readonly now: Date;
}

export function readDelivery(body: WebhookBody, { customer, asked, now }: DeliveryContext): WebhookDelivery {
  const { alerts, truncatedAlerts: cut } = body;
  const parts = new Map<string, { environment: Environment; alerts: IncomingAlert[] }>();
  const problems = new Set<string>();
  let dropped = 0;
  for (const alert of alerts) {
    const place = placeAlert(customer, asked, new Map([...(body.commonLabels ?? []), ...alert.labels]));
    if ('problem' in place) {
      problems.add(place.problem);
      continue;
    }
    const { environment } = place;
    const incoming = toIncoming(alert, environment, now);
    const part = parts.get(environment.name) ?? { environment, alerts: [] };
    parts.set(environment.name, part);
    part.alerts.push(...(incoming === undefined ? [] : [incoming]));
    dropped += incoming === undefined ? 1 : 0;
  }
  return { parts: sayWhatWasCut([...parts.values()], cut), dropped, cut, problems: [...problems] };
}

/** What was cut is known by its number alone, so the first that fires says it. */
function sayWhatWasCut(parts: WebhookDelivery['parts'], cut: number): WebhookDelivery['parts'] {
  const first = parts.flatMap(({ alerts }) => alerts).find(({ state }) => state === 'firing');
  if (cut === 0 || first === undefined) {
    return parts;
  }
  const said = { ...first, text: `${first.text} (and ${cut} more that were cut)` };
  return parts.map((part) => ({ ...part, alerts: part.alerts.map((one) => (one === first ? said : one)) }));
}
