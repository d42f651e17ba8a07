import { DateTime } from 'luxon';

/** What a calendar and a clock on the wall show, without a zone. */
export interface WallTime {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** When clocks of a zone show this: twice when they are put back over it, never when they skip it or it is no date. */
export function momentsOf(wall: WallTime, zone: string): readonly Date[] {
  const guess = DateTime.fromObject({ ...wall }, { zone });
  const { day, hour, minute } = guess;
  if (day !== wall.day || hour !== wall.hour || minute !== wall.minute) {
    return [];
  }
  return guess
    .getPossibleOffsets()
    .map((moment) => moment.toJSDate())
    .toSorted((one, other) => one.getTime() - other.getTime());
}

/** The first moment at which clocks of the zone show this or more. */
export function firstMomentFrom(wall: WallTime, zone: string): Date {
  const [moment] = momentsOf(wall, zone);
  if (moment !== undefined) {
    return moment;
  }
  // Luxon lands behind the gap by as much as the time was within it.
  const behind = DateTime.fromObject({ ...wall }, { zone });
  let first = behind;
  while (first.minus({ minutes: 1 }).offset === behind.offset) {
    first = first.minus({ minutes: 1 });
  }
  return first.toJSDate();
}
