import type { MetricPoint } from './ports.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FULL = 100;
/** Fewer say nothing about a trend: a disk that is cleaned up each day must not look as if it filled. */
const FEWEST_POINTS = 36;
/** A fall by so much that lasts is a clean-up, or a larger disk. */
const CLEAN_UP_PERCENT = 5;
/** So many hours before and after are compared: one odd value is no clean-up. */
const AROUND = 3;
/** What is rounded to whole percents goes up and down by less. */
const SMALLEST_RISE_PERCENT = 1;
/** So many of all pairs of points have to rise: noise has one half. */
const RISING_SHARE = 2 / 3;
/** An older value says nothing about today. */
const STALE_MS = 6 * HOUR_MS;

export interface FullForecast {
  /** As it was last read. */
  readonly usedPercent: number;
  /** When a line through the points reaches 100 %; never before `now`. */
  readonly fullAt: Date;
}

/**
 * When a disk is full if it goes on like this, by Theil and Sen: the median of the slopes between all pairs of points
 * since the last clean-up, which single jumps do not move.
 *
 * @param points hourly averages of used percent, oldest first, at least 36 since the last clean-up.
 * @returns `undefined` when it does not fill, not within `days`, or too little is known.
 */
export function forecastFull(points: readonly MetricPoint[], now: Date, days: number): FullForecast | undefined {
  const last = points.at(-1);
  if (last === undefined || now.getTime() - last.at.getTime() > STALE_MS) {
    return undefined;
  }
  if (last.average >= FULL) {
    return { usedPercent: last.average, fullAt: now };
  }
  const recent = sinceCleanUp(points);
  const perMs = recent.length < FEWEST_POINTS ? undefined : risePerMs(recent);
  if (perMs === undefined) {
    return undefined;
  }
  const fullAt = last.at.getTime() + (FULL - levelAtEnd(recent, perMs)) / perMs;
  const isSoon = fullAt <= now.getTime() + days * DAY_MS;
  return isSoon ? { usedPercent: last.average, fullAt: new Date(Math.max(fullAt, now.getTime())) } : undefined;
}

function sinceCleanUp(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const used = points.map(({ average }) => average);
  const last = used.findLastIndex((_, index) => {
    const before = median(used.slice(Math.max(index - AROUND, 0), index));
    return median(used.slice(index, index + AROUND)) <= before - CLEAN_UP_PERCENT;
  });
  return points.slice(Math.max(last, 0));
}

/** `undefined` when it does not clearly rise. */
function risePerMs(points: readonly MetricPoint[]): number | undefined {
  const slopes = points.flatMap((one, index) =>
    points.slice(index + 1).map((later) => (later.average - one.average) / (later.at.getTime() - one.at.getTime())),
  );
  const slope = median(slopes);
  const spanMs = (points.at(-1)?.at.getTime() ?? 0) - (points[0]?.at.getTime() ?? 0);
  const rising = slopes.filter((one) => one > 0).length / slopes.length;
  return slope * spanMs >= SMALLEST_RISE_PERCENT && rising >= RISING_SHARE ? slope : undefined;
}

/** Of the line, where the last point is. */
function levelAtEnd(points: readonly MetricPoint[], perMs: number): number {
  const end = points.at(-1)?.at.getTime() ?? 0;
  return median(points.map(({ at, average }) => average + (end - at.getTime()) * perMs));
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
