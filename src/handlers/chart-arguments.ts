import { z } from 'zod';
import { parseDuration } from '../domain/duration.ts';
import { UserError } from '../domain/errors.ts';
import type { Metric } from '../domain/metric.ts';
import { readMetric, TYPED_METRICS } from '../views/charts/metric-words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHORTEST_MS = 15 * MINUTE_MS;
/** So long samples are kept. */
const LONGEST_MS = 30 * DAY_MS;
const LONGEST_ECHO = 40;
const MISSING = `Which environment, and which metric? There is ${TYPED_METRICS.join(', ')}.`;

/** `<environment> <metric> [host…] [--since 24h]`. */
export const ChartArguments = z
  .object({
    words: z.tuple([z.string(MISSING), z.string(MISSING)], z.string()),
    options: z.object({ since: z.string().default('24h') }),
  })
  .transform(({ words: [environment, metric, ...hosts], options: { since } }) => ({
    ...{ environment, metric, hosts, since },
  }));

/** @throws {UserError} naming the metric that was probably meant. */
export function toMetric(typed: string): Metric {
  const found = readMetric(typed);
  if (typeof found === 'string') {
    return found;
  }
  const echo = typed.slice(0, LONGEST_ECHO).replaceAll('`', "'");
  const meant = found.nearest === undefined ? '' : `Did you mean \`${found.nearest}\`? `;
  throw new UserError(`There is no metric \`${echo}\`.`, {
    hint: `${meant}There is ${TYPED_METRICS.map((word) => `\`${word}\``).join(', ')}.`,
  });
}

/** @returns milliseconds. @throws {UserError} when it is no duration, or there is nothing to draw for it. */
export function toSpan(typed: string): number {
  const ms = parseDuration(typed);
  if (ms < SHORTEST_MS || ms > LONGEST_MS) {
    throw new UserError('A chart shows 15 minutes to 30 days.', { hint: 'Write it like `1h`, `24h` or `7d`.' });
  }
  return ms;
}
