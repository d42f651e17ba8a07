import type { HoldTimes, Host, Signal } from '../../domain/inventory.ts';
import { advanceAlert } from './advance-alert.ts';
import type { Alert } from './alert.ts';
import type { Reading } from './reading.ts';
import { thingKey } from './thing.ts';

export interface Round {
  /** At most one of each thing. */
  readonly readings: readonly Reading[];
  readonly now: Date;
  /** Of the environment. */
  readonly holds: Readonly<Record<Signal, HoldTimes>>;
  /** What hosts have of their own instead. */
  readonly hosts?: readonly Pick<Host, 'name' | 'holds'>[] | undefined;
  /** A thing that was not read for longer than this gains nothing by that time. */
  readonly maxGapMs: number;
}

/** The alerts after a round of readings. What was not read stays as it is; what is missing has ended. */
export function advance(alerts: readonly Alert[], { readings, ...round }: Round): readonly Alert[] {
  const next = new Map(alerts.map((alert) => [thingKey(alert), alert]));
  const own = new Map(round.hosts?.map(({ name, holds }) => [name, holds]));
  for (const reading of readings) {
    const key = thingKey(reading);
    const hold = own.get(reading.host)?.[reading.signal] ?? round.holds[reading.signal];
    const advanced = advanceAlert(next.get(key), reading, { ...round, hold });
    if (advanced === undefined) {
      next.delete(key);
    } else {
      next.set(key, advanced);
    }
  }
  return [...next.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, alert]) => alert);
}
