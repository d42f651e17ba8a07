import type { CarrierResult } from './delivery.ts';
import type { DeliverySettlement } from './dispatch-ports.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BACK_OFF_MS = [1, 2, 5, 10, 15].map((minutes) => minutes * MINUTE_MS);
const GIVE_UP_AFTER_MS = 24 * HOUR_MS;
/** Of an alert that has reached nobody. What is older than a week is no alert any more. */
const LAST_WAY_GIVE_UP_AFTER_MS = 7 * 24 * HOUR_MS;
const REFUSED_AGAIN_MS = 5 * MINUTE_MS;
/** When people hear that it is not out; a try shortly before that waits no longer. */
export const TELL_AFTER_MS = 10 * MINUTE_MS;

export interface Attempt {
  /** Sends so far, this one included. */
  readonly number: number;
  /** Since it was due. */
  readonly lateMs: number;
  /** Of an alert that Slack has not confirmed either. */
  readonly isLastWay: boolean;
  /** From 0 to 1, so that not everything is tried again at the same moment. */
  readonly chance: number;
}

/** What a try means for the delivery. */
export function decideSettlement(result: CarrierResult, attempt: Attempt): DeliverySettlement {
  const { lateMs, isLastWay } = attempt;
  if (result.kind === 'sent') {
    return { kind: 'sent', result };
  }
  const isOver = lateMs >= (isLastWay ? LAST_WAY_GIVE_UP_AFTER_MS : GIVE_UP_AFTER_MS);
  if (isOver || (result.kind === 'refused' && !isLastWay)) {
    return { kind: 'refused', result };
  }
  return { kind: 'again', inMs: result.kind === 'refused' ? REFUSED_AGAIN_MS : backOff(attempt), result };
}

function backOff({ number, lateMs, chance }: Attempt): number {
  const steps = Math.min(number, BACK_OFF_MS.length) - 1;
  const delay = (BACK_OFF_MS[steps] ?? 0) * (1 + chance / 10);
  const untilTold = TELL_AFTER_MS - lateMs;
  return Math.round(untilTold > 0 ? Math.min(delay, Math.max(untilTold, MINUTE_MS)) : delay);
}
