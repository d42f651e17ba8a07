import type { Alert } from './alert.ts';

/** Open alerts of a customer's monitoring in one environment. */
export const MOST_HEARD = 2_000;

/** Fingerprints are never empty, so it is none of theirs. */
const LIMIT = { host: '', signal: 'external', subject: '', title: 'Too many alerts' } as const;

export function isFull(alerts: readonly Alert[]): boolean {
  return alerts.filter(({ heard }) => heard !== undefined).length >= MOST_HEARD;
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
  return isFull(alerts) ? alerts : alerts.filter((alert) => !isLimit(alert));
}

function isLimit({ signal, heard }: Alert): boolean {
  return signal === 'external' && heard === undefined;
}
