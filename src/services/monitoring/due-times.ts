/** One host and how often it is due. */
export interface Watched {
  /** The same in every replica and after every restart. */
  readonly key: string;
  readonly everyMs: number;
}

/** When each host is due next; milliseconds since 1970. */
export type Schedule = ReadonlyMap<string, number>;

export interface Turn {
  /** Each once, however many of its turns went by. */
  readonly due: readonly string[];
  readonly schedule: Schedule;
  /** When the next one is due; missing when nobody is watched. */
  readonly nextAt: number | undefined;
}

/**
 * Who is due now, and when everybody is due next. Each host has a place of its own within the interval, so that load is
 * even and a restart moves nobody. A new host is due at its next turn, within one interval.
 */
export function takeTurn(schedule: Schedule, watched: readonly Watched[], now: number): Turn {
  const due: string[] = [];
  const next = new Map<string, number>();
  for (const host of watched) {
    const at = schedule.get(host.key);
    if (at !== undefined && at <= now) {
      due.push(host.key);
    }
    next.set(host.key, isStillAhead(at, host, now) ? at : dueAfter(host, now));
  }
  const nextAt = [...next.values()].reduce<number | undefined>(earlier, undefined);
  return { due, schedule: next, nextAt };
}

/** The first turn of a host after a moment: within one interval of it. */
export function dueAfter({ key, everyMs }: Watched, moment: number): number {
  const place = hashOf(key) % everyMs;
  return moment + everyMs - modulo(moment - place, everyMs);
}

/** Further ahead than one interval is what was planned before the clock was set back or the interval became shorter. */
function isStillAhead(at: number | undefined, { everyMs }: Watched, now: number): at is number {
  return at !== undefined && at > now && at <= now + everyMs;
}

function earlier(one: number | undefined, other: number): number {
  return one === undefined ? other : Math.min(one, other);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** FNV-1a with a last stir, so that names that differ in one digit are far apart. 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
