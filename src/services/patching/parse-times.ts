import type { ProbePart } from '../../domain/probe-output.ts';

/** `1795397575 /var/lib/apt/lists` a line: seconds since 1970, by path. */
export function parseTimes(part: ProbePart | undefined): ReadonlyMap<string, number> {
  const rows = (part?.lines ?? []).map((line) => /^(\d{1,11}) (\/.+)$/.exec(line));
  return new Map(rows.flatMap((row) => (row ? [[row[2] ?? '', Number(row[1])] as const] : [])));
}

export function newestTime(part: ProbePart | undefined): number | undefined {
  const times = [...parseTimes(part).values()];
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** Of `date +%s`: the host's own clock, by which its files are dated. */
export function parseNow(part: ProbePart | undefined): number | undefined {
  const [line = ''] = part?.lines ?? [];
  return part?.exitCode === 0 && /^\d{1,11}$/.test(line) ? Number(line) : undefined;
}
