const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const GIBIBYTE = 1024 ** 3;
const MEBIBYTE = 1024 ** 2;

export const UNKNOWN = 'unknown';

/** Rounded down, so that a number never looks as if it had reached a threshold that it has not. */
export function formatPercent(percent: number | undefined): string {
  return percent === undefined ? UNKNOWN : `${Math.floor(percent)} %`;
}

/** The largest unit that makes it at least 1: `45 s`, `12 min`, `3 h`, `23 d`. */
export function formatDuration(seconds: number): string {
  const units = [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
  ] as const;
  const rounded = Math.max(0, Math.floor(seconds));
  const [size, unit] = units.find(([length]) => rounded >= length) ?? [1, 's'];
  return `${Math.floor(rounded / size)} ${unit}`;
}

export function formatAge(since: Date, now: Date): string {
  return formatDuration((now.getTime() - since.getTime()) / 1000);
}

/** `0.4 of 1.0 GiB`. */
export function formatShare(usedBytes: number, maxBytes: number): string {
  const [size, unit, digits] = maxBytes >= GIBIBYTE ? ([GIBIBYTE, 'GiB', 1] as const) : ([MEBIBYTE, 'MiB', 0] as const);
  return `${(usedBytes / size).toFixed(digits)} of ${(maxBytes / size).toFixed(digits)} ${unit}`;
}

/** To the second. Slack shows it in the reader's own time zone; the rest is for those who cannot. */
export function slackDate(date: Date): string {
  return inSlack(date, '{time_secs}', 'YYYY-MM-DD HH:MM:SS'.length);
}

/** To the minute: for what is to come, and for what was decided. */
export function slackTime(date: Date): string {
  return inSlack(date, '{time}', 'YYYY-MM-DD HH:MM'.length);
}

function inSlack(date: Date, time: string, length: number): string {
  const seconds = Math.floor(date.getTime() / 1000);
  const fallback = date.toISOString().slice(0, length).replace('T', ' ');
  return `<!date^${seconds}^{date_short_pretty} ${time}|${fallback} UTC>`;
}
