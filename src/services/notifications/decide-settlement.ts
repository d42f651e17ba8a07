import { DeliveryFailure, type Settlement } from './ports.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;
/** Of what may be about the message. With the delays above: for about a quarter of an hour. */
const MAX_ATTEMPTS = 20;
/** While Slack takes nothing at all: for a week. What is older is no news any more. */
const MAX_ATTEMPTS_AWAY = 10_080;

/**
 * What to do about a send that failed.
 * @param attempts sends of this version so far, at least 1.
 */
export function decideSettlement(error: unknown, attempts: number): Settlement {
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof DeliveryFailure)) {
    return attempts < MAX_ATTEMPTS ? retry(text, attempts) : { kind: 'failed', error: text };
  }
  if (error.kind === 'rate_limited') {
    return { kind: 'retry', inMs: error.retryAfterMs ?? 1_000, pauseLane: true, error: text };
  }
  if (error.kind === 'temporary' && attempts < (error.isSlackAway ? MAX_ATTEMPTS_AWAY : MAX_ATTEMPTS)) {
    return retry(text, attempts);
  }
  return { kind: 'failed', error: text };
}

function retry(error: string, attempts: number): Settlement {
  const inMs = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
  return { kind: 'retry', inMs, pauseLane: false, error };
}
