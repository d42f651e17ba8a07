const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Looking further back is not worth it: the job runs at its next slot anyway. */
const FURTHEST_MS = 35 * 24 * 60 * MINUTE_MS;

export interface SlotSearch {
  /** As given to the scheduler; with six fields it has seconds. */
  readonly schedule: string;
  /** Is this second one of the schedule's? */
  matches(date: Date): boolean;
  /** Exclusive. */
  readonly after: Date;
  /** Inclusive. */
  readonly until: Date;
}

/** The latest time of the schedule in the span, or `undefined` when there is none in it or in the 35 days before its end. */
export function latestSlot({ schedule, matches, after, until }: SlotSearch): Date | undefined {
  const stepMs = schedule.trim().split(/\s+/).length > 5 ? SECOND_MS : MINUTE_MS;
  const earliest = Math.max(after.getTime(), until.getTime() - FURTHEST_MS);
  const start = Math.floor(until.getTime() / stepMs) * stepMs;
  for (let time = start; time > earliest; time -= stepMs) {
    const slot = new Date(time);
    if (matches(slot)) {
      return slot;
    }
  }
  return undefined;
}
