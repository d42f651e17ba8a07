import type { Maintenance } from '../rollouts/ports.ts';
import type { Alert, Silence, Suppression } from './alert.ts';

/** All of one environment, and all of them going on. */
export interface Quiet {
  readonly maintenances: readonly Maintenance[];
  readonly silences: readonly Silence[];
}

/** Says of each alert why nobody is told of it, if so. */
export function suppress(alerts: readonly Alert[], quiet: Quiet): readonly Alert[] {
  const going = alerts.filter(({ state }) => state !== 'clearing');
  const down = {
    hop: going.find(({ signal }) => signal === 'access_path')?.subject,
    hosts: new Set(going.filter(({ signal }) => signal === 'reachability').map(({ host }) => host)),
  };
  return alerts.map(({ suppressed: _before, ...alert }) => {
    const suppressed = alert.isTest ? undefined : (followsFrom(alert, down) ?? wanted(alert, quiet));
    return suppressed === undefined ? alert : { ...alert, suppressed };
  });
}

/** One trouble is told once, where it begins. All hosts of an environment have the same way in. */
function followsFrom(
  { signal, host }: Alert,
  down: { readonly hop: string | undefined; readonly hosts: ReadonlySet<string> },
): Suppression | undefined {
  if (signal === 'access_path') {
    return undefined;
  }
  if (signal === 'reachability') {
    return down.hop === undefined ? undefined : { kind: 'follows', text: `${down.hop} is down` };
  }
  return down.hosts.has(host) ? { kind: 'follows', text: 'host is down' } : undefined;
}

function wanted({ host, signal, title }: Alert, { maintenances, silences }: Quiet): Suppression | undefined {
  const maintenance = maintenances.find((one) => one.host === host);
  if (maintenance !== undefined) {
    return { kind: 'maintenance', text: `maintenance of rollout ${maintenance.owner}` };
  }
  const silence = silences.find((one) => touches(one, { host, signal, title }));
  return silence && { kind: 'silence', text: `silenced by ${silence.by.name} until ${minuteOf(silence.until)}` };
}

export function touches(silence: Silence, { host, signal, title }: Pick<Alert, 'host' | 'signal' | 'title'>): boolean {
  const isOfThing = (silence.host ?? host) === host && (silence.signal ?? signal) === signal;
  return isOfThing && (silence.title ?? title) === title;
}

function minuteOf(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
