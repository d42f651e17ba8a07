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
  const parts = [...text.matchAll(PART)].map(([, count, unit]) => Number(count) * UNIT_MS[unit as Unit]);
  const total = parts.reduce((sum, part) => sum + part, 0);
  return total > 0 && Number.isSafeInteger(total) ? total : undefined;
}
