import type { Alert } from './alert.ts';

/** Open alerts of a customer's monitoring in one environment. */
export const MOST_HEARD = 2_000;

/** Fingerprints are never empty, so it is none of theirs. */
const LIMIT = { host: '', signal: 'external', subject: '', title: 'Too many alerts' } as const;

export function isHeard({ heard }: Alert): boolean {
  return heard !== undefined;
}

/** Says that alerts were left out, so that nobody takes what is shown for all there is. */
export function beginLimit(alerts: readonly Alert[], now: Date): readonly Alert[] {
  if (alerts.some(isLimit)) {
    return alerts;
  }
  const text = `${MOST_HEARD} alerts of the customer's monitoring are open; more are left out until some of them end and the others are repeated`;
  return [...alerts, { ...LIMIT, state: 'firing', severity: 'warning', text, since: now, firedAt: now, seenAt: now }];
}

export function endLimit(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.filter(isHeard).length >= MOST_HEARD ? alerts : alerts.filter((alert) => !isLimit(alert));
}

function isLimit({ signal, heard }: Alert): boolean {
  return signal === 'external' && heard === undefined;
}
