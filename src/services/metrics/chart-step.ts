const MINUTE = 60;
const HOUR = 3_600;
/** What people read off an axis. In seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 360].map((minutes) => minutes * MINUTE);
const LONGEST = 6 * HOUR;
const [FEWEST_POINTS, MOST_POINTS] = [30, 1_000];

export interface StepWish {
  readonly from: Date;
  readonly until: Date;
  /** About so many; 30 to 1000. */
  readonly points: number;
  /** Between two checks of a host. */
  readonly everyMs: number;
}

/**
 * The shortest step that gives no more points than wanted, 60 s to 6 h. Never so short that a check which comes a little
 * late leaves a step empty: that would look like a gap.
 *
 * @returns seconds.
 */
export function chartStep({ from, until, points, everyMs }: StepWish): number {
  const seconds = (until.getTime() - from.getTime()) / 1_000;
  const most = Math.min(Math.max(points, FEWEST_POINTS), MOST_POINTS);
  const shortest = (1.5 * everyMs) / 1_000;
  return STEPS.find((step) => step >= shortest && seconds / step <= most) ?? LONGEST;
}
