import type { ModalView } from '@slack/types';
import type { CustomerScope } from '../../../src/domain/actor.ts';
import { toPerson } from '../../../src/domain/actor.ts';
import { UserError } from '../../../src/domain/errors.ts';
import type { HostReport } from '../../../src/domain/host-report.ts';
import type { Customer, MonitoringSettings } from '../../../src/domain/inventory.ts';
import type { Permission, RoleTable } from '../../../src/domain/permission.ts';
import { ACTIONS } from '../../../src/handlers/actions.ts';
import { askerOfCommand } from '../../../src/handlers/asker.ts';
import { COMMANDS } from '../../../src/handlers/commands.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import { MODALS } from '../../../src/handlers/modals.ts';
import { createActionRunner } from '../../../src/handlers/run-action.ts';
import { createCommandRunner } from '../../../src/handlers/run-command-line.ts';
import { createSubmissionRunner } from '../../../src/handlers/run-submission.ts';
import type { AlertGroup, Silence } from '../../../src/services/alerts/alert.ts';
import type { AlertService, SilenceRequest } from '../../../src/services/alerts/alert-service.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld, type KnownPerson, theActor } from '../../support/world.ts';
import { aGroup, anAlert, aSilence, BOB, groupFacts } from '../views/alert-builders.ts';

const READ: readonly Permission[] = ['host.read', 'inventory.read', 'alert.read'];
const ROLES: RoleTable = {
  operator: [...READ, 'alert.manage'],
  approver: [...READ, 'alert.manage'],
  auditor: [...READ, 'audit.read'],
  customer: READ,
};
const MONITORING: MonitoringSettings = { everyMs: 60_000, tellCustomer: true, holds: {} as never, runbooks: {} };

export const CHANNELS = { acmeOps: 'C0ACMEOPS', opsAll: 'C0OPSALL', acmeShared: 'C0ACMESHARED' } as const;

/** On hosts that the world has. */
export const GROUP = aGroup({ alerts: [anAlert('apim-1'), anAlert('Mi_1', { severity: 'warning' })] });
const GLOBEX = aGroup({ id: 'g1', customer: 'globex', alerts: [anAlert('gw-1')] });

export interface AlertAnswers {
  group: AlertGroup;
  /** Refuses what is asked of the service. */
  refusal: string;
  silences: readonly Silence[];
  reports: readonly HostReport[];
}

/** The handlers over an alert service that writes down what it is asked. Production is watched, nothing else. */
export function setUpAlerts(answers: Partial<AlertAnswers> = {}) {
  const calls: unknown[][] = [];
  const told: OutgoingMessage[] = [];
  const audit: AuditEvent[] = [];
  const opened: ModalView[] = [];
  const logger = createRecordingLogger();
  const services = {
    inventory: createInventoryService({ config: () => aWorld({ roles: ROLES, inventory: { customers: watched() } }) }),
    hosts: { latest: async () => answers.reports ?? [] },
    alerts: fakeAlerts(calls, answers),
    audit: { append: async (event: AuditEvent) => void audit.push(event) },
  };
  const deps = {
    services,
    outbox: { put: async (message: OutgoingMessage) => void told.push(message) },
    people: { teamOf: async () => undefined },
    home: { publish: async () => {} },
    modals: { open: async (_trigger: string, view: ModalView) => void opened.push(view) },
    clock: createFixedClock(),
    logger,
  } as unknown as HandlerDeps;
  return { calls, told, audit, opened, logger, ...doorsOf(deps) };
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
  const covers = (customers: CustomerScope, customer: string) => customers === 'all' || customers.includes(customer);
  const called = (...call: unknown[]): void => {
    calls.push(call);
    if (answers.refusal !== undefined) {
      throw new UserError(answers.refusal);
    }
  };
  return {
    async open(customers, environment) {
      calls.push(['open', customers, environment]);
      return groups.filter(({ customer }) => covers(customers, customer));
    },
    async find(id, customers) {
      const group = groups.find((one) => one.id === id && covers(customers, one.customer));
      return group && { ...groupFacts(), group, silences: answers.silences ?? [] };
    },
    async acknowledge(id, actor) {
      called('acknowledge', id, actor.id);
      return { ...GROUP, acknowledged: { by: BOB, at: new Date(0) } };
    },
    async silence({ actor, environment, ...request }: SilenceRequest) {
      called('silence', { ...request, environment: `${environment.customer}/${environment.name}` });
      const { host, signal } = request;
      return aSilence({ ...request, host, signal, by: toPerson(actor), environment: environment.name });
    },
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

/** The ways in, as Slack would call them. */
function doorsOf(deps: HandlerDeps) {
  const user = (as: KnownPerson) => {
    const [teamId = '', userId = ''] = theActor(as).id.split(':');
    return { id: userId, team_id: teamId };
  };
  return {
    type: (as: KnownPerson, channelId: string, text: string) => {
      const { id, team_id } = user(as);
      const asker = askerOfCommand({ team_id, user_id: id, channel_id: channelId, response_url: 'http://slack/r' });
      return createCommandRunner(COMMANDS, deps)({ text, asker, requestId: 'r-1' });
    },
    click: (as: KnownPerson, channelId: string | undefined, [action_id, value]: readonly [string, string]) => {
      const where = channelId === undefined ? {} : { channel: { id: channelId } };
      const payload = { user: user(as), team: { id: 'T0MERIDIAN' }, trigger_id: 't', ...where };
      return createActionRunner(ACTIONS, deps)({ ...payload, actions: [{ action_id, value }] }, 'r-1');
    },
    submit: (as: KnownPerson, view: ModalView, values: Readonly<Record<string, string>>) => {
      const filled = Object.entries(values).map(([id, value]) => [id, { [id]: { value } }]);
      const { callback_id = '', private_metadata = '' } = view;
      const shown = { callback_id, private_metadata, app_installed_team_id: 'T0MERIDIAN' };
      const payload = { user: user(as), team: { id: user(as).team_id } };
      const state = { values: Object.fromEntries(filled) };
      return createSubmissionRunner(MODALS, deps)({ ...payload, view: { ...shown, state } }, 'r-2');
    },
  };
}
