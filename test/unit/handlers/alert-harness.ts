import type { ModalView } from '@slack/types';
import { covers, toPerson } from '../../../src/domain/actor.ts';
import { UserError } from '../../../src/domain/errors.ts';
import type { HostReport } from '../../../src/domain/host-report.ts';
import type { Customer, MonitoringSettings } from '../../../src/domain/inventory.ts';
import type { Permission, RoleTable } from '../../../src/domain/permission.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import type { AlertGroup, Silence } from '../../../src/services/alerts/alert.ts';
import type { AlertService, SilenceRequest } from '../../../src/services/alerts/alert-service.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { ChartRequest, MetricsService } from '../../../src/services/metrics/metrics-service.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import type { ChartPicture } from '../../../src/views/chart-view.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld } from '../../support/world.ts';
import { aGroup, anAlert, aSilence, BOB, groupFacts } from '../views/alert-builders.ts';
import { aChart, aSeries } from '../views/charts/chart-builders.ts';
import { doorsOf } from './doors-of.ts';

const READ: readonly Permission[] = ['host.read', 'inventory.read', 'alert.read', 'metric.read'];
const ROLES: RoleTable = {
  operator: [...READ, 'alert.manage'],
  approver: [...READ, 'alert.manage'],
  auditor: [...READ, 'audit.read'],
  customer: READ,
};
const MONITORING: MonitoringSettings = {
  everyMs: 60_000,
  tellCustomer: true,
  holds: {} as never,
  runbooks: {},
  notices: [],
};

/** On hosts that the world has. */
export const GROUP = aGroup({ alerts: [anAlert('apim-1'), anAlert('Mi_1', { severity: 'warning' })] });
const GLOBEX = aGroup({ id: 'g1', customer: 'globex', alerts: [anAlert('gw-1')] });

export interface AlertAnswers {
  group: AlertGroup;
  /** Refuses what is asked of the service. */
  refusal: string;
  silences: readonly Silence[];
  reports: readonly HostReport[];
  /** Why there are no numbers over time. */
  noChart: string;
  picture: ChartPicture;
}

/** The handlers over an alert service that writes down what it is asked. Production is watched, nothing else. */
export function setUpAlerts(answers: Partial<AlertAnswers> = {}) {
  const calls: unknown[][] = [];
  const told: OutgoingMessage[] = [];
  const audit: AuditEvent[] = [];
  const opened: ModalView[] = [];
  const updated: ModalView[] = [];
  const charted: ChartRequest[] = [];
  const logger = createRecordingLogger();
  const services = {
    inventory: createInventoryService({ config: () => aWorld({ roles: ROLES, inventory: { customers: watched() } }) }),
    hosts: { latest: async () => answers.reports ?? [] },
    alerts: fakeAlerts(calls, answers),
    metrics: fakeMetrics(charted, answers),
    audit: { append: async (event: AuditEvent) => void audit.push(event) },
  };
  const deps = {
    services,
    outbox: { put: async (message: OutgoingMessage) => void told.push(message) },
    people: { teamOf: async () => undefined },
    home: { publish: async () => {} },
    modals: {
      async open(_trigger: string, view: ModalView) {
        opened.push(view);
        return { viewId: 'V1' };
      },
      update: async (_opened: unknown, view: ModalView) => void updated.push(view),
    },
    charts: { draw: async () => answers.picture ?? { kind: 'drawn', fileId: 'F1' } },
    clock: createFixedClock(),
    logger,
  } as unknown as HandlerDeps;
  return { deps, calls, told, audit, opened, updated, charted, logger, ...doorsOf(deps) };
}

function fakeMetrics(charted: ChartRequest[], { noChart }: Partial<AlertAnswers>): Pick<MetricsService, 'chart'> {
  return {
    async chart(request) {
      charted.push(request);
      if (noChart !== undefined) {
        throw new UserError(noChart);
      }
      const { environment, metric, from, until, hosts } = request;
      return aChart({ environment, metric, from, until, series: hosts.map((host) => aSeries(host, { from })) });
    },
  };
}

function watched(): readonly Customer[] {
  return aWorld().inventory.customers.map((customer) => ({
    ...customer,
    environments: customer.environments.map((environment) =>
      environment.production && customer.id !== 'initech' ? { ...environment, monitoring: MONITORING } : environment,
    ),
  }));
}

function fakeAlerts(calls: unknown[][], answers: Partial<AlertAnswers>): Omit<AlertService, 'observe'> {
  const groups = [answers.group ?? GROUP, GLOBEX];
  const called = (...call: unknown[]): void => {
    calls.push(call);
    if (answers.refusal !== undefined) {
      throw new UserError(answers.refusal);
    }
  };
  async function silence({ actor, environment, ...request }: SilenceRequest): Promise<Silence> {
    called('silence', { ...request, environment: `${environment.customer}/${environment.name}` });
    const { host, signal } = request;
    return aSilence({ ...request, host, signal, by: toPerson(actor), environment: environment.name });
  }
  return {
    async open(customers, environment) {
      calls.push(['open', customers, environment]);
      return groups.filter(({ customer }) => covers(customers, customer));
    },
    async find(id, customers) {
      const group = groups.find((one) => one.id === id && covers(customers, one.customer));
      return group && { ...groupFacts(), group, silences: answers.silences ?? [] };
    },
    async history(customers, { environment }) {
      calls.push(['history', customers, environment]);
      return groups.filter(({ customer }) => covers(customers, customer));
    },
    async receive({ customer, name }, incoming) {
      called('receive', `${customer}/${name}`, incoming);
      return incoming.length;
    },
    async judge({ customer, name }, readings) {
      called('judge', `${customer}/${name}`, readings);
    },
    async acknowledge(id, actor) {
      called('acknowledge', id, actor.id);
      return { ...GROUP, acknowledged: { by: BOB, at: new Date(0) } };
    },
    silence,
    silenceAll: (requests) => Promise.all(requests.map(silence)),
    async silences(customers, environment) {
      calls.push(['silences', customers, environment]);
      return answers.silences ?? [];
    },
    async endSilence(id, actor, customers) {
      called('endSilence', id, actor.id, customers);
      return aSilence({ id });
    },
    async test({ customer, name }, actor) {
      called('test', `${customer}/${name}`, actor.id);
    },
  };
}
