import type { ProbePart } from '../../domain/probe-output.ts';

/** Lines of `apt-config dump`: `APT::Periodic::Enable "0";`, lists as `Name:: "value";`. Values by name, in order. */
export type AptSettings = ReadonlyMap<string, readonly string[]>;

export function readAptSettings(part: ProbePart | undefined): AptSettings | undefined {
  // grep found none of them: then all are at their defaults.
  const hasRead = part?.exitCode === 0 || (part?.exitCode === 1 && part.lines.length === 0);
  const rows = (part?.lines ?? []).flatMap((line) => {
    const [, name, value] = /^([\w:-]+?)(?:::)? "(.*)";$/.exec(line) ?? [];
    return name === undefined || !value ? [] : [{ name: name.toLowerCase(), value }];
  });
  const grouped = [...Map.groupBy(rows, ({ name }) => name)];
  return hasRead ? new Map(grouped.map(([name, values]) => [name, values.map(({ value }) => value)])) : undefined;
}

export function settingOf(settings: AptSettings, name: string): string | undefined {
  return settings.get(name.toLowerCase())?.at(-1);
}

const UNIT_DAYS: Readonly<Record<string, number>> = { s: 1 / 86_400, m: 1 / 1440, h: 1 / 24, d: 1 };

/** Of `APT::Periodic`: days, or a number with a unit, or `always`. `0`, and nothing, is never: `undefined`. */
export function readInterval(value: string | undefined): number | undefined {
  if (value === 'always') {
    return 1;
  }
  const [, digits, unit = 'd'] = /^(\d{1,6})([smhd]?)$/.exec(value ?? '') ?? [];
  const days = digits === undefined ? 0 : Number(digits) * (UNIT_DAYS[unit || 'd'] ?? 1);
  return days > 0 ? Math.max(1, days) : undefined;
}
