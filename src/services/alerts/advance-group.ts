import type { Alert, AlertGroup, GroupChange } from './alert.ts';
import { isQuiet, isWorse, membersOf } from './group-members.ts';
import { looksDifferent, textsDiffer } from './looks-different.ts';
import type { Telling } from './ports.ts';
import { thingKey } from './thing.ts';

const SHOWN_ENDED = 20;
/** Between two messages in a thread. */
const THREAD_PACE_MS = 30_000;
/** Numbers in the texts change with every check; nobody has to see each of them. */
const TEXT_PACE_MS = 60_000;

/** One step of a group that goes on. It has ended when none of its alerts is left. */
export function advanceGroup(
  found: AlertGroup,
  alerts: readonly Alert[],
  now: Date,
): { readonly group: AlertGroup; readonly telling?: Telling } {
  const members = membersOf(found.alerts, alerts);
  const left = without(found.alerts, members);
  const changed: AlertGroup = {
    ...found,
    alerts: members,
    ended: [...left.map(({ host, subject }) => ({ host, subject, at: now })), ...stillEnded(found, members)].slice(
      0,
      SHOWN_ENDED,
    ),
    waiting: merge(found.waiting, changeOf(found.alerts, members, left)),
    ...(members.length === 0 ? { endedAt: now } : {}),
  };
  return tellOf(found, changed, now);
}

function changeOf(before: readonly Alert[], members: readonly Alert[], left: readonly Alert[]): GroupChange {
  const known = new Map(before.map((alert) => [thingKey(alert), alert]));
  return {
    fired: without(members, before),
    worsened: members.filter((alert) => {
      const was = known.get(thingKey(alert));
      return was !== undefined && isWorse(alert, was);
    }),
    ended: left.filter((alert) => !isQuiet(alert)),
  };
}

/** Small changes wait for each other; the last one waits for nothing. */
function tellOf(found: AlertGroup, changed: AlertGroup, now: Date): { group: AlertGroup; telling?: Telling } {
  const { waiting, endedAt, toldAt = found.begunAt } = changed;
  const isDue = waiting !== undefined && (endedAt !== undefined || hasPassed(toldAt, THREAD_PACE_MS, now));
  if (isDue) {
    const number = changed.told + 1;
    const group = { ...changed, waiting: undefined, told: number, toldAt: now, drawnAt: now };
    return { group, telling: { group, thread: { number, change: waiting } } };
  }
  const isNewText = textsDiffer(found, changed) && hasPassed(found.drawnAt ?? found.begunAt, TEXT_PACE_MS, now);
  if (!looksDifferent(found, changed) && !isNewText) {
    return { group: changed };
  }
  const group = { ...changed, drawnAt: now };
  return { group, telling: { group } };
}

function merge(waiting: GroupChange | undefined, change: GroupChange): GroupChange | undefined {
  const merged = {
    fired: latest([...(waiting?.fired ?? []), ...change.fired]),
    worsened: latest([...(waiting?.worsened ?? []), ...change.worsened]),
    ended: latest([...(waiting?.ended ?? []), ...change.ended]),
  };
  const isNothing = merged.fired.length + merged.worsened.length + merged.ended.length === 0;
  return isNothing ? undefined : merged;
}

function latest(alerts: readonly Alert[]): readonly Alert[] {
  return [...new Map(alerts.map((alert) => [thingKey(alert), alert])).values()];
}

function without(alerts: readonly Alert[], others: readonly Alert[]): readonly Alert[] {
  const keys = new Set(others.map(thingKey));
  return alerts.filter((alert) => !keys.has(thingKey(alert)));
}

function stillEnded({ ended }: AlertGroup, members: readonly Alert[]): AlertGroup['ended'] {
  return ended.filter((one) => !members.some(({ host, subject }) => host === one.host && subject === one.subject));
}

function hasPassed(since: Date, ms: number, now: Date): boolean {
  return now.getTime() - since.getTime() >= ms;
}
