import type { Clock } from '../domain/clock.ts';

/** An Alertmanager that starts sends all its groups at once. */
const BURST = 300;
const PER_SECOND = 5;

/** Says of each delivery whether it may be taken now. */
export interface WebhookPace {
  /** @returns seconds after which it may be tried again; 0: take it. */
  take(customer: string): number;
}

/** A bucket of each customer, in this process. */
export function createWebhookPace(clock: Clock): WebhookPace {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(customer) {
      const now = clock.now().getTime();
      const { left, at } = buckets.get(customer) ?? { left: BURST, at: now };
      const filled = Math.min(BURST, left + (Math.max(0, now - at) / 1000) * PER_SECOND);
      const isFree = filled >= 1;
      buckets.set(customer, { left: isFree ? filled - 1 : filled, at: now });
      return isFree ? 0 : Math.ceil((1 - filled) / PER_SECOND);
    },
  };
}
