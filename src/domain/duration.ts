import { count } from './count.ts';
import { UserError } from './errors.ts';

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNIT_MS;

const WHOLE = /^(?:\d{1,6}[dhms])+$/;
const PART = /(\d+)([dhms])/g;

/**
 * For what somebody typed.
 *
 * @returns Milliseconds, more than 0.
 * @throws {UserError} when it is not a duration.
 */
export function parseDuration(text: string): number {
  const ms = readDuration(text);
  if (ms === undefined) {
    throw new UserError('That is not a duration.', { hint: 'Write it like `15m`, `4h`, `7d` or `1h30m`.' });
  }
  return ms;
}

/**
 * Reads `90s`, `15m`, `4h`, `7d` or parts of them in a row, such as `1h30m`.
 *
 * @returns Milliseconds, more than 0; `undefined` when it is not a duration.
 */
export function readDuration(text: string): number | undefined {
  if (!WHOLE.test(text)) {
    return undefined;
  }
  const parts = [...text.matchAll(PART)].map(([, number, unit]) => Number(number) * UNIT_MS[unit as Unit]);
  const total = parts.reduce((sum, part) => sum + part, 0);
  return total > 0 && Number.isSafeInteger(total) ? total : undefined;
}

const SHORT_UNITS = [
  ['h', 'h'],
  ['m', 'min'],
  ['s', 's'],
] as const;

/** `9 days`, `1 day`, `5 h`, `30 min`: the largest unit, rounded down. */
export function spanInWords(ms: number): string {
  const days = Math.floor(ms / UNIT_MS.d);
  const [unit, word] = SHORT_UNITS.find(([name]) => ms >= UNIT_MS[name]) ?? SHORT_UNITS[2];
  return days > 0 ? count(days, 'day') : `${Math.max(0, Math.floor(ms / UNIT_MS[unit]))} ${word}`;
}
