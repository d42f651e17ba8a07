import type { Environment } from '../../domain/inventory.ts';
import type { MissingReport } from '../alerts/alert-service.ts';

/** A host that stays away for so many intervals is missed. */
const INTERVALS = 3;

export interface SeenHosts {
  /** Since when this replica watches the host; milliseconds since 1970. */
  readonly since: ReadonlyMap<string, number>;
  /** When it gave its last report. */
  readonly reported: ReadonlyMap<string, number>;
}

/** Hosts that were due and gave no report. Whoever begins to watch gives each host one interval for its first turn. */
export function findMissing(environment: Environment, seen: SeenHosts, now: number): readonly MissingReport[] {
  const everyMs = environment.monitoring?.everyMs ?? Number.POSITIVE_INFINITY;
  return environment.hosts.flatMap(({ name }) => {
    const reported = seen.reported.get(name);
    const since = seen.since.get(name) ?? now;
    const dueFrom = reported ?? since + everyMs;
    if (now - dueFrom <= INTERVALS * everyMs) {
      return [];
    }
    return [{ host: name, text: `not checked since ${wallTime(reported ?? since, environment.timeZone)}` }];
  });
}

function wallTime(moment: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(moment);
}
