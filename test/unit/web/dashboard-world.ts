import { type Actor, type CustomerScope, covers } from '../../../src/domain/actor.ts';
import type { HostReport } from '../../../src/domain/host-report.ts';
import type { Customer, Environment, MonitoringSettings } from '../../../src/domain/inventory.ts';
import type { Metric } from '../../../src/domain/metric.ts';
import type { RoleTable } from '../../../src/domain/permission.ts';
import type { AlertGroup } from '../../../src/services/alerts/alert.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { ChartRequest, MetricChart } from '../../../src/services/metrics/metrics-service.ts';
import type { Rollout } from '../../../src/services/rollouts/rollout.ts';
import { createSignInService } from '../../../src/services/sign-in/create-sign-in-service.ts';
import type { DashboardDeps } from '../../../src/web/dashboard-deps.ts';
import { aHeap, aHopFailure, aProductSample, aReport, aSample, NOW } from '../../support/builders.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { anEnvironment, aWorld } from '../../support/world.ts';
import { createMemoryWebSessions } from '../services/sign-in/memory-web-sessions.ts';
import { aGroup, anAlert, BOB } from '../views/alert-builders.ts';
import { ALICE, ago, aRollout } from '../views/rollout-builders.ts';

const SEEN = ['metric.read', 'alert.read', 'rollout.read'] as const;
const ROLES: RoleTable = {
  operator: [...SEEN, 'inventory.read', 'alert.manage'],
  approver: [...SEEN, 'inventory.read', 'alert.manage'],
  auditor: ['metric.read', 'audit.read', 'rollout.read'],
  customer: SEEN,
  watcher: ['metric.read'],
};
const HOSTS = ['apim-1', 'apim-2', 'gw-1', 'gw-2', 'mi-1', 'mi-2', 'is-1', 'is-2', 'db-1', 'db-2'];
const MONITORING: MonitoringSettings = {
  ...{ everyMs: 60_000, tellCustomer: true, holds: {} as never, notices: [] },
  runbooks: { disk: 'https://runbooks.example/disk' },
};

/** What is served; tests change it while it runs. */
export interface DashboardWorld {
  people: readonly Actor[];
  reports: readonly HostReport[];
  groups: readonly AlertGroup[];
  rollouts: readonly Rollout[];
  readonly audit: AuditEvent[];
  readonly logger: ReturnType<typeof createRecordingLogger>;
  readonly clock: ReturnType<typeof createFixedClock>;
  readonly charts: ChartRequest[];
  readonly deps: DashboardDeps;
  /** The token of a link for somebody. */
  token(who: 'alice' | 'dana' | 'gus', path?: string): Promise<string>;
}

/** Ten hosts of acme with what goes wrong there, and one customer more that nobody of acme may hear of. */
export function createDashboardWorld(baseUrl: string): DashboardWorld {
  const clock = createFixedClock();
  const logger = createRecordingLogger();
  const audit: AuditEvent[] = [];
  const charts: ChartRequest[] = [];
  const known = aWorld();
  const config = () => ({ ...known, roles: ROLES, people: world.people, inventory: { customers: customers() } });
  const inventory = createInventoryService({ config });
  let tokens = 0;
  const signIn = createSignInService({
    ...{ baseUrl, store: createMemoryWebSessions(), inventory, clock, logger },
    audit: { append: async (event) => void audit.push(event) },
    newToken: () => `${'t'.repeat(40)}${(tokens++).toString().padStart(3, '0')}`,
  });
  const alertsOf = (scope: CustomerScope, environment?: string) =>
    world.groups.filter((one) => covers(scope, one.customer) && (environment ?? one.environment) === one.environment);
  const world: DashboardWorld = {
    people: known.people.map((person) => ({ ...person, displayName: NAMES[person.id] ?? person.displayName })),
    ...{ reports: someReports(), groups: someGroups(), rollouts: someRollouts(), audit, logger, clock, charts },
    deps: {
      ...{ baseUrl, signIn, inventory, clock },
      hosts: { latest: async ({ customer, name }) => (`${customer}/${name}` === 'acme/prod' ? world.reports : []) },
      alerts: {
        open: async (scope, environment) => alertsOf(scope, environment).filter(({ endedAt }) => !endedAt),
        history: async (scope, { environment }) => alertsOf(scope, environment),
      },
      rollouts: {
        list: async ({ customers: scope, environment }) =>
          world.rollouts.filter((one) => covers(scope, one.customer) && one.environment === environment),
      },
      metrics: {
        async chart(request) {
          charts.push(request);
          return aChart(request);
        },
      },
    },
    async token(who, path = '/acme/prod') {
      const { url } = await signIn.link(inventory.findActor(IDS[who]), path);
      return url.split('/').at(-1) ?? '';
    },
  };
  return world;
}

const IDS = { alice: 'T0MERIDIAN:U0ALICE', dana: 'T0ACME:U0DANA', gus: 'T0GLOBEX:U0GUS' } as const;
const NAMES: Record<string, string> = {
  [IDS.alice]: 'Alice Moreau',
  [IDS.dana]: 'Dana Okafor',
  [IDS.gus]: 'Gus Reyes',
};

function customers(): readonly Customer[] {
  return aWorld().inventory.customers.map((customer) => ({
    ...customer,
    environments: customer.environments.map((environment) =>
      customer.id === 'acme' && environment.production
        ? { ...anEnvironment('acme', 'prod', HOSTS), timeZone: 'Europe/Berlin', monitoring: MONITORING }
        : environment,
    ),
  }));
}

/** Worst first, as the service gives them. */
function someReports(): readonly HostReport[] {
  const at = { checkedAt: new Date(NOW.getTime() - 23_000) };
  const { sample: _sample, ...lost } = aReport('gw-2', { ...at, level: 'unreachable' });
  const full = { mount: '/var', usedPercent: 93, inodesUsedPercent: 12, totalBytes: 1e11, readOnly: false };
  const heap = aHeap({ oldGenUsedBytes: 870 * 1024 ** 2, usedBytes: 910 * 1024 ** 2 });
  return [
    { ...lost, failure: aHopFailure({ kind: 'connect_timeout', hop: 'gw-2', address: '10.20.0.12:22' }) },
    aReport('mi-2', {
      ...at,
      level: 'critical',
      findings: [{ level: 'critical', text: '/var 93 % full (critical from 90 %)' }],
      sample: aSample({ filesystems: [full], cpuBusyPercent: 41 }),
    }),
    aReport('is-1', {
      ...at,
      level: 'warning',
      findings: [{ level: 'warning', text: 'old generation of is 87 % used (warning from 80 %)' }],
      sample: aSample({ products: [aProductSample({ heap })], memoryUsedPercent: 78 }),
    }),
    aReport('db-2', {
      ...at,
      level: 'unknown',
      findings: [{ level: 'unknown', text: 'CPU could not be measured' }],
      sample: aSample({ cpuBusyPercent: undefined, products: [], filesystems: undefined }),
    }),
    ...['apim-1', 'apim-2', 'gw-1', 'mi-1', 'is-2'].map((host, index) =>
      aReport(host, { ...at, sample: aSample({ cpuBusyPercent: 9 + 7 * index, memoryUsedPercent: 40 + 4 * index }) }),
    ),
  ];
}

function someGroups(): readonly AlertGroup[] {
  const mi = anAlert('mi-2');
  const down = anAlert('gw-2', {
    ...{ signal: 'reachability', subject: '', text: 'no answer for 4 min', firedAt: ago(4) },
  });
  const heap = anAlert('is-1', {
    ...{ signal: 'heap', subject: 'is', severity: 'warning', text: 'old generation 87 % used', firedAt: ago(50) },
    suppressed: { kind: 'silence', text: 'silenced by Bob Tanaka until 06:00: tuning in progress' },
  });
  const acknowledged = { by: BOB, at: ago(10) };
  const over = { alerts: [], endedAt: ago(300), begunAt: ago(340) } as const;
  return [
    aGroup({ id: 'a1', signal: 'reachability', alerts: [down], begunAt: ago(4) }),
    aGroup({ id: 'a2', alerts: [mi], begunAt: ago(12), acknowledged }),
    aGroup({ id: 'a3', signal: 'heap', alerts: [heap], begunAt: ago(50) }),
    aGroup({ id: 'a4', ...over, signal: 'cpu', ended: [{ host: 'apim-1', subject: '', at: ago(300) }] }),
    aGroup({
      ...{ id: 'a5', signal: 'access_path', alerts: [], begunAt: ago(6000), endedAt: ago(5980) },
      ended: [{ host: 'apim-1', subject: 'bastion-a', at: ago(5980) }],
    }),
    aGroup({ id: 'a6', ...over, isTest: true, ended: [{ host: 'test', subject: '', at: ago(300) }] }),
    aGroup({ id: 'g1', customer: 'globex', alerts: [anAlert('globex-secret-host')] }),
  ];
}

function someRollouts(): readonly Rollout[] {
  return [
    aRollout({ id: 'r1aaaaaa', state: 'running', startedAt: ago(8) }),
    aRollout({ id: 'r2bbbbbb', state: 'awaiting_approval', requester: BOB, createdAt: ago(200) }),
    aRollout({ id: 'r3cccccc', state: 'failed', startedAt: ago(3000), createdAt: ago(3100), note: 'failed on mi-2' }),
    aRollout({ id: 'r4dddddd', state: 'succeeded', startedAt: ago(9000), createdAt: ago(9100), requester: ALICE }),
    aRollout({ id: 'globexro', customer: 'globex', note: 'globex-secret-note' }),
  ];
}

/** Waves that look like a day of work, with a gap where nothing was measured. */
function aChart({ environment, metric, hosts, from, until }: ChartRequest): MetricChart {
  const series = hosts.map((host, index) => ({ host, points: pointsOf(metric, index, { from, until }) }));
  const threshold = metric.endsWith('percent') || metric.endsWith('max') ? { warning: 80, critical: 90 } : undefined;
  const { customer, name, timeZone } = environment as Environment;
  return {
    environment: { customer, name, timeZone },
    ...{ metric, from, until, stepSeconds: stepOf({ from, until }) / 1000, series, threshold, source: 'msops' },
    maintenances: [{ from: ago(400), until: ago(360), rollout: 'r4dddddd' }],
  };
}

/** About 280 steps, of a minute or more. */
function stepOf({ from, until }: { from: Date; until: Date }): number {
  return Math.max(60_000, Math.ceil((until.getTime() - from.getTime()) / 280 / 60_000) * 60_000);
}

function pointsOf(metric: Metric, index: number, { from, until }: { from: Date; until: Date }) {
  const step = stepOf({ from, until });
  const count = Math.floor((until.getTime() - from.getTime()) / step);
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => !(index === 2 && at > count * 0.5 && at < count * 0.6))
    .map((at) => {
      const wave = 30 + 5 * index + 22 * Math.sin((6 * at) / count + index) + 1.5 * Math.sin(at * 1.7 + index);
      const average = metric === 'reachable' ? 1 : metric.startsWith('applications') ? 2 : Math.max(1, wave);
      const value = metric === 'load_per_core' ? average / 50 : average;
      return { at: new Date(from.getTime() + at * step), low: value * 0.9, average: value, high: value * 1.12 };
    });
}
