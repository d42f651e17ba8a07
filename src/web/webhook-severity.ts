import type { IncomingAlert } from '../services/alerts/alert-service.ts';

const CRITICAL = new Set('critical page disaster error high fatal emergency'.split(' '));
const INFORMATION = new Set('info information informational none ok debug'.split(' '));

/** Everybody has words of their own. One that nobody knows is a warning; `undefined`: nobody has to hear of it. */
export function severityOf(word: string | undefined): IncomingAlert['severity'] | undefined {
  const known = word?.trim().toLowerCase() ?? '';
  if (INFORMATION.has(known)) {
    return undefined;
  }
  return CRITICAL.has(known) ? 'critical' : 'warning';
}
