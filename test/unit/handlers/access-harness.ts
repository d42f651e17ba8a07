import type { ModalView } from '@slack/types';
import type { CustomerScope } from '../../../src/domain/actor.ts';
import { UserError } from '../../../src/domain/errors.ts';
import type { AccessSettings } from '../../../src/domain/inventory.ts';
import type { Permission, RoleTable } from '../../../src/domain/permission.ts';
import {
  accessDetailsAgain,
  accessDone,
  accessExtend,
  accessRevoke,
  accessShorter,
} from '../../../src/handlers/actions/access-control.ts';
import { accessRequest } from '../../../src/handlers/actions/access-request.ts';
import { askerOfCommand, askerOfMessage } from '../../../src/handlers/asker.ts';
import { accessCard } from '../../../src/handlers/commands/access-card.ts';
import { accessDrift } from '../../../src/handlers/commands/access-drift.ts';
import { accessList } from '../../../src/handlers/commands/access-list.ts';
import { accessRequest as accessOffer } from '../../../src/handlers/commands/access-request.ts';
import { accessRevoke as accessRevokeCommand } from '../../../src/handlers/commands/access-revoke.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import * as forms from '../../../src/handlers/modals/access-control.ts';
import { accessRequest as accessForm } from '../../../src/handlers/modals/access-request.ts';
import { createActionRunner } from '../../../src/handlers/run-action.ts';
import { createCommandRunner } from '../../../src/handlers/run-command-line.ts';
import { createSubmissionRunner } from '../../../src/handlers/run-submission.ts';
import type { AccessService } from '../../../src/services/access/access-service.ts';
import type { Grant } from '../../../src/services/access/grant.ts';
import type { Drift, GrantFacts } from '../../../src/services/access/ports.ts';
import type { VoteOutcome } from '../../../src/services/approvals/approval-service.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld } from '../../support/world.ts';
import { aGrant, grantFacts } from '../views/access-builders.ts';
import { anApproval } from '../views/rollout-builders.ts';

const READ: readonly Permission[] = ['inventory.read', 'host.read', 'access.read'];
const ROLES: RoleTable = {
  operator: [...READ, 'access.manage'],
  approver: [...READ, 'change.approve'],
  auditor: [...READ, 'audit.read'],
  customer: [...READ, 'access.request'],
};
const SETTINGS: AccessSettings = { kinds: ['dashboard', 'logs', 'linux'], longestMs: 604_800_000, remindMs: 3_600_000 };

const COMMANDS = [accessOffer, accessCard, accessList, accessDrift, accessRevokeCommand];
const ACTIONS = [accessRequest, accessShorter, accessExtend, accessDone, accessRevoke, accessDetailsAgain];
export const MODALS = [accessForm, ...Object.values(forms)];

export interface AccessAnswers {
  grant: Partial<Grant>;
  settings: AccessSettings | undefined;
  problems: Awaited<ReturnType<AccessService['check']>>;
  /** Refuses whatever is asked of the service. */
  refusal: string;
  denial: string;
  drifts: readonly Drift[];
  outcome: VoteOutcome;
}

/** Somebody as Slack says it; the third company's people are known to nobody. */
export type Who = readonly [team: string, user: string];
export const DANA: Who = ['T0ACME', 'U0DANA'];
export const GUS: Who = ['T0GLOBEX', 'U0GUS'];
export const ALICE: Who = ['T0MERIDIAN', 'U0ALICE'];
export const BOB: Who = ['T0MERIDIAN', 'U0BOB'];
export const CAROL: Who = ['T0MERIDIAN', 'U0CAROL'];
export const ERIN: Who = ['T0MERIDIAN', 'U0ERIN'];
export const OUTSIDER: Who = ['T0HOOLI', 'U0EVE'];
export const SHARED = 'C0ACMESHARED';
export const OPS = 'C0ACMEOPS';

/** The handlers over an access service that writes down what it is asked. */
export function setUpAccess(answers: Partial<AccessAnswers> = {}) {
  const calls: unknown[][] = [];
  const told: OutgoingMessage[] = [];
  const audit: AuditEvent[] = [];
  const opened: ModalView[] = [];
  const logger = createRecordingLogger();
  const settings = 'settings' in answers ? answers.settings : SETTINGS;
  const customers = aWorld().inventory.customers.map((customer) => ({ ...customer, access: settings }));
  const services = {
    inventory: createInventoryService({ config: () => aWorld({ roles: ROLES, inventory: { customers } }) }),
    access: fakeAccess(calls, answers),
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
    },
    clock: createFixedClock(),
    logger,
  } as unknown as HandlerDeps;
  return { deps, calls, told, audit, opened, logger, ...doors(deps) };
}

function doors(deps: HandlerDeps) {
  const runLine = createCommandRunner(COMMANDS, deps);
  return {
    type: ([team_id, user_id]: Who, channel_id: string, text: string) =>
      runLine({
        ...{ text, requestId: 'r-1' },
        asker: askerOfCommand({ team_id, user_id, channel_id, response_url: 'http://slack/r' }),
      }),
    mention: ([user_team, user]: Who, channel: string, text: string) =>
      runLine({
        ...{ text, requestId: 'r-1' },
        asker: askerOfMessage({ type: 'app_mention', user, user_team, channel, ts: '1.1' }, { team_id: 'T0MERIDIAN' }),
      }),
    click: ([team_id, id]: Who, channel: string | undefined, [action_id, value]: readonly [string, string]) => {
      const where = channel === undefined ? {} : { channel: { id: channel } };
      const payload = { user: { id, team_id }, team: { id: 'T0MERIDIAN' }, trigger_id: 't', ...where };
      return createActionRunner(ACTIONS, deps)({ ...payload, actions: [{ action_id, value }] }, 'r-1');
    },
    submit: ([team_id, id]: Who, view: ModalView, values: Readonly<Record<string, string>>) => {
      const filled = Object.entries(values).map(([name, value]) => [name, { [name]: { value } }]);
      const { callback_id = '', private_metadata = '' } = view;
      const shown = { callback_id, private_metadata, app_installed_team_id: 'T0MERIDIAN' };
      const state = { values: Object.fromEntries(filled) };
      const payload = { user: { id, team_id }, team: { id: team_id }, view: { ...shown, state } };
      return createSubmissionRunner(MODALS, deps)(payload, 'r-2');
    },
  };
}

const GUS_PERSON = { id: 'T0GLOBEX:U0GUS', accounts: ['T0GLOBEX:U0GUS'], name: 'Gus Petrov' } as const;

function fakeAccess(calls: unknown[][], answers: Partial<AccessAnswers>): AccessService {
  const facts = [grantFacts(answers.grant), grantFacts({ id: 'g1', customer: 'globex', person: GUS_PERSON })];
  const covers = (customers: CustomerScope, { grant }: GrantFacts) =>
    customers === 'all' || customers.includes(grant.customer);
  const called = (...call: unknown[]): void => {
    calls.push(call);
    if (answers.refusal !== undefined) {
      throw new UserError(answers.refusal);
    }
  };
  return {
    offer: async () => ({
      decision: answers.denial === undefined ? { allowed: true } : { allowed: false, reason: answers.denial },
      longestMs: 604_800_000,
    }),
    check: async () => answers.problems ?? {},
    async request({ actor, environment, ...request }) {
      called('request', { ...request, actor: actor.id, environment: `${environment.customer}/${environment.name}` });
      return aGrant({ wish: request.wish, until: request.until });
    },
    find: async (id, customers) => facts.find((one) => one.grant.id === id && covers(customers, one)),
    async list(filter) {
      calls.push(['list', filter]);
      const { customers, person } = filter;
      const isTheirs = ({ grant }: GrantFacts) =>
        person === undefined || grant.person.accounts.some((id) => id === person);
      return facts.filter((one) => covers(customers, one) && isTheirs(one));
    },
    async approveShorter(id, actor, until) {
      called('approveShorter', id, actor.id, until.toISOString());
      return answers.outcome ?? { kind: 'decided', approval: anApproval() };
    },
    async extend({ id, actor, until, reason }) {
      called('extend', id, actor.id, until.toISOString(), reason);
      return aGrant({ extension: { approvalId: `${id}-2`, until, reason, requestedAt: until } });
    },
    async end(id, wish) {
      called('end', id, { ...wish, by: wish.by?.id });
      return aGrant({ state: 'ending' });
    },
    async endAllOf(of, why) {
      called('endAllOf', of, why);
      return 1;
    },
    sweep: async () => {},
    redraw: async () => {},
    async drift({ customer, name }) {
      called('drift', `${customer}/${name}`);
      return answers.drifts ?? [];
    },
  };
}
