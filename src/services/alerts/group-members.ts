import { SEVERITY_RANK } from './advance-alert.ts';
import type { Alert } from './alert.ts';
import { thingKey } from './thing.ts';

/**
 * Who belongs to a group, worst first: those that were told before, and those that fire and may be told.
 *
 * @param told as the group has them.
 */
export function membersOf(told: readonly Alert[], alerts: readonly Alert[]): readonly Alert[] {
  const before = new Map(told.map((alert) => [thingKey(alert), alert]));
  return alerts
    .filter((alert) => (before.has(thingKey(alert)) ? alert.state !== 'pending' : isNews(alert)))
    .map((alert) => asTold(alert, before.get(thingKey(alert))))
    .toSorted(worstFirst);
}

export function isQuiet({ suppressed }: Alert): boolean {
  return suppressed !== undefined;
}

export function isWorse(alert: Alert, than: Alert): boolean {
  return SEVERITY_RANK[alert.severity] > SEVERITY_RANK[than.severity];
}

function isNews(alert: Alert): boolean {
  return alert.state === 'firing' && !isQuiet(alert);
}

/** That it got worse while nobody was to be told is still news afterwards. */
function asTold(alert: Alert, before: Alert | undefined): Alert {
  const isHidden = before !== undefined && isQuiet(alert) && isWorse(alert, before);
  return isHidden ? { ...alert, severity: before.severity } : alert;
}

function worstFirst(one: Alert, other: Alert): number {
  const bySeverity = SEVERITY_RANK[other.severity] - SEVERITY_RANK[one.severity];
  return bySeverity || (thingKey(one) < thingKey(other) ? -1 : 1);
}
