import type { Environment } from '../../domain/inventory.ts';
import type { Alert } from './alert.ts';
import type { Reading } from './reading.ts';

/**
 * What the ways to the hosts say of the hops that they share. A hop fails when every host that is checked fails at it;
 * when one alone does, it is that host's own trouble. Hops behind one that fails are not read.
 *
 * @param alerts after the hosts' own readings.
 */
export function readPath({ accessPath, hosts }: Environment, alerts: readonly Alert[]): readonly Reading[] {
  const missing = new Set(
    alerts.filter(({ signal, subject }) => signal === 'missing' && subject === '').map(({ host }) => host),
  );
  const checked = hosts.filter(({ name }) => !missing.has(name));
  const readings: Reading[] = [];
  for (const hop of hopsOf(accessPath)) {
    const failing = alerts.filter(
      (alert) => alert.hop === hop && alert.state !== 'clearing' && !missing.has(alert.host),
    );
    const text = failing[0]?.text;
    const thing = { host: hop, signal: 'access_path', subject: hop } as const;
    if (text !== undefined && failing.length >= checked.length) {
      const hostsBehind = failing.length === 1 ? 'the host behind it' : `the ${failing.length} hosts behind it`;
      return [...readings, { ...thing, level: 'critical', isClear: false, text: `${hostsBehind} ${text}` }];
    }
    readings.push({ ...thing, level: 'ok', isClear: true, text: 'passed' });
  }
  return readings;
}

/** From the outermost inwards. */
export function hopsOf({ vpn, bastions }: Environment['accessPath']): readonly string[] {
  return [...(vpn === undefined ? [] : [vpn.interface]), ...bastions.map(({ name }) => name)];
}
