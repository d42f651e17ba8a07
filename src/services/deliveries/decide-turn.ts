import type { MessageState } from '../notifications/ports.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryRecord } from './ports.ts';

export interface Surroundings {
  /** Of the messages that make it needless, by key. */
  readonly slack: ReadonlyMap<string, MessageState>;
  /** Of the deliveries that it comes after, by key. */
  readonly earlier: ReadonlyMap<string, DeliveryRecord['state']>;
}

/** What to do with a delivery that is due. */
export type Turn =
  | { readonly kind: 'send' }
  | { readonly kind: 'not_needed' }
  | { readonly kind: 'again'; readonly inMs: number };

const LOOK_AGAIN_MS = 5_000;

export function decideTurn({ unlessInSlack, after }: Delivery, { slack, earlier }: Surroundings): Turn {
  // One that came out after the end would say that it goes on.
  if (after?.some((key) => earlier.get(key) === 'waiting')) {
    return { kind: 'again', inMs: LOOK_AGAIN_MS };
  }
  if (after !== undefined && !after.some((key) => earlier.get(key) === 'sent')) {
    return { kind: 'not_needed' };
  }
  const kinds = (unlessInSlack ?? []).map((key) => slack.get(key)?.kind ?? 'failed');
  if (kinds.length === 0) {
    return { kind: 'send' };
  }
  if (kinds.every((kind) => kind === 'confirmed')) {
    return { kind: 'not_needed' };
  }
  // Slack takes messages; the newest version is on its way.
  const isMoving = kinds.every((kind) => kind === 'confirmed' || kind === 'under_way');
  return isMoving ? { kind: 'again', inMs: LOOK_AGAIN_MS } : { kind: 'send' };
}
