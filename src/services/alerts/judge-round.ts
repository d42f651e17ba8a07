import type { Environment, Host, MonitoringSettings } from '../../domain/inventory.ts';
import { advance } from './advance.ts';
import { ageHeard } from './age-heard.ts';
import type { Alert } from './alert.ts';
import type { MissingReport } from './alert-service.ts';
import { latestReports, type Seen } from './latest-reports.ts';
import type { AlertBoard } from './ports.ts';
import { readHost } from './read-host.ts';
import { hopsOf, readPath } from './read-path.ts';
import { servicesOf } from './read-services.ts';
import type { Reading } from './reading.ts';
import { thingKey } from './thing.ts';

/** Rounds that may fail to come before waiting clocks stand still. */
const MISSED_ROUNDS = 3;
/** Long enough to be seen. */
const TEST_MS = 10_000;

export interface Watch {
  readonly environment: Environment;
  readonly settings: MonitoringSettings;
  readonly now: Date;
}

type Judged = Pick<AlertBoard, 'alerts' | 'groups'>;

/** The alerts of an environment after a round of checks, before anything is held back. */
export function judgeRound({ alerts, groups }: Judged, seen: Seen, watch: Watch): readonly Alert[] {
  const { environment, settings, now } = watch;
  const round = { now, holds: settings.holds, hosts: environment.hosts, maxGapMs: MISSED_ROUNDS * settings.everyMs };
  const there = alerts.filter((alert) => isThere(alert, environment) && !isOverTest(alert, now));
  const staying = ageHeard(there, { now, hold: settings.holds.external });
  const readings = readRound(seen, environment);
  const ofHosts = advance(staying, { ...round, readings: [...readings, ...gone(staying, readings)] });
  if (!readings.some(({ signal }) => signal === 'reachability')) {
    return ofHosts;
  }
  const path = readPath(environment, ofHosts);
  const settled = new Set([...readings, ...groups.flatMap((group) => group.alerts)].map(thingKey));
  const doubted = ofHosts.map((alert) => (settled.has(thingKey(alert)) ? alert : doubt(alert, path, now)));
  return advance(doubted, { ...round, readings: path });
}

function readRound(seen: Seen, { hosts }: Environment): readonly Reading[] {
  const known = new Map(hosts.map((host) => [host.name, host]));
  const { reports, missing } = latestReports(seen);
  return [
    ...missing.filter(({ host }) => known.has(host)).map(readMissing),
    ...reports.flatMap((report) => {
      const host = known.get(report.host);
      return host === undefined ? [] : readHost(report, host);
    }),
  ];
}

function readMissing({ host, text }: MissingReport): Reading {
  return { host, signal: 'missing', subject: '', level: 'unknown', isClear: false, text };
}

/** Filesystems that are mounted no more, as far as all that are there could be read. */
function gone(alerts: readonly Alert[], readings: readonly Reading[]): readonly Reading[] {
  const read = new Set(readings.map(thingKey));
  const whole = new Set(readings.filter(({ subject, level }) => subject === '' && level === 'ok').map(thingKey));
  return alerts
    .filter((alert) => alert.signal === 'disk' || alert.signal === 'inodes')
    .filter((alert) => whole.has(thingKey({ ...alert, subject: '' })) && !read.has(thingKey(alert)))
    .map(({ host, signal, subject }) => {
      return { host, signal, subject, level: 'ok', isClear: true, text: `${subject} is not mounted any more` };
    });
}

/** A hop that can be passed again says nothing yet of hosts that have failed at it: they begin anew, told to nobody. */
function doubt(alert: Alert, path: readonly Reading[], now: Date): Alert {
  const isPassed = path.some(({ subject, level }) => subject === alert.hop && level === 'ok');
  if (!isPassed || alert.state !== 'firing' || alert.suppressed === undefined) {
    return alert;
  }
  const { firedAt: _fired, turning: _turning, ...pending } = alert;
  return { ...pending, state: 'pending', since: now };
}

function isThere({ host: name, signal, subject, isTest }: Alert, { hosts, accessPath }: Environment): boolean {
  if (isTest || signal === 'external') {
    return true;
  }
  if (signal === 'access_path') {
    return hopsOf(accessPath).includes(subject);
  }
  const host = hosts.find((one) => one.name === name);
  return host !== undefined && runsOn(host, { signal, subject });
}

function runsOn({ products }: Host, { signal, subject }: Pick<Alert, 'signal' | 'subject'>): boolean {
  if (signal === 'service') {
    return products.some((product) => servicesOf(product).includes(subject));
  }
  const isOfProduct = signal === 'application' || signal === 'heap';
  return !isOfProduct || products.some(({ name }) => name === subject);
}

function isOverTest({ isTest, firedAt }: Alert, now: Date): boolean {
  return isTest === true && firedAt !== undefined && now.getTime() - firedAt.getTime() >= TEST_MS;
}
