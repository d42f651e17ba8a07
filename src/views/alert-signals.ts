import type { Signal } from '../domain/inventory.ts';
import type { Severity } from '../services/alerts/alert.ts';

/** Told apart by shape too, not by color alone. */
export const SEVERITY_ICONS: Record<Severity, string> = { critical: '🔴', warning: '⚠️', unknown: '❔' };
export const ENDED_ICON = '✅';
export const SILENT_ICON = '🔕';

/** What could not be found out never reads as if it were well. @param words of an alert or a finding. */
export function inSeverity(severity: Severity, words: string): string {
  return severity === 'unknown' && !/unknown|no data|not /i.test(words) ? `unknown: ${words}` : words;
}

export interface SignalWords {
  /** What a silence is of, and an alert that is over. */
  readonly noun: string;
  /** What is wrong; the names of hosts follow. */
  readonly wrong: string;
  /** The same where it could not be found out. */
  readonly unknown: string;
  /** What the names are. */
  readonly of: 'host' | 'hop';
}

export const SIGNAL_WORDS: Record<Signal, SignalWords> = {
  access_path: { noun: 'way in', wrong: 'no way in through', unknown: 'way in unknown through', of: 'hop' },
  reachability: { noun: 'reachability', wrong: 'no answer from', unknown: 'reachability unknown of', of: 'host' },
  disk: { noun: 'disk', wrong: 'disk filling up on', unknown: 'disk unknown on', of: 'host' },
  inodes: { noun: 'inodes', wrong: 'inodes running out on', unknown: 'inodes unknown on', of: 'host' },
  memory: { noun: 'memory', wrong: 'memory running out on', unknown: 'memory unknown on', of: 'host' },
  cpu: { noun: 'CPU', wrong: 'CPU busy on', unknown: 'CPU unknown on', of: 'host' },
  load: { noun: 'load', wrong: 'load high on', unknown: 'load unknown on', of: 'host' },
  heap: { noun: 'JVM heap', wrong: 'JVM heap filling up on', unknown: 'JVM heap unknown on', of: 'host' },
  application: {
    ...{ noun: 'application health', wrong: 'application not healthy on', unknown: 'application health unknown on' },
    of: 'host',
  },
  missing: { noun: 'missing data', wrong: 'no data from', unknown: 'no data from', of: 'host' },
  certificate: { noun: 'certificate', wrong: 'certificate ends on', unknown: 'certificate unknown on', of: 'host' },
  service: {
    ...{ noun: "health of a customer's service", wrong: "customer's service not healthy on" },
    ...{ unknown: "health of a customer's service unknown on", of: 'host' },
  },
  external: {
    ...{ noun: "reported by the customer's monitoring", wrong: "reported by the customer's monitoring for" },
    ...{ unknown: "not repeated by the customer's monitoring for", of: 'host' },
  },
};
