import { digestOf } from '../../src/adapters/digest.ts';
import { createMemoryEngine } from '../../src/adapters/engine/memory-engine.ts';
import type { Actor } from '../../src/domain/actor.ts';
import type { ApprovalPolicy } from '../../src/domain/approval-policy.ts';
import type { Clock } from '../../src/domain/clock.ts';
import type { AccessSettings } from '../../src/domain/inventory.ts';
import type { WorkflowEngine } from '../../src/domain/workflow-engine.ts';
import { type AccessCardsDeps, createAccessCards } from '../../src/services/access/access-cards.ts';
import { type AccessDeps, grantOfWorkflow } from '../../src/services/access/access-deps.ts';
import type { AccessRequest, AccessService } from '../../src/services/access/access-service.ts';
import { createAccessService } from '../../src/services/access/create-access-service.ts';
import type { GrantState } from '../../src/services/access/grant.ts';
import type { GrantStore, GrantWords } from '../../src/services/access/ports.ts';
import { createApprovalService } from '../../src/services/approvals/approval-service.ts';
import type { ApprovalStore } from '../../src/services/approvals/ports.ts';
import type { AuditEntry } from '../../src/services/audit/ports.ts';
import type { InventoryConfig } from '../../src/services/inventory/inventory-config.ts';
import { createInventoryService } from '../../src/services/inventory/inventory-service.ts';
import { findDrift } from '../../src/services/linux-accounts/find-drift.ts';
import type { LinuxAccounts } from '../../src/services/linux-accounts/linux-account.ts';
import type { OutgoingMessage } from '../../src/services/notifications/ports.ts';
import { createAccessHosts } from './access-hosts.ts';
import { createHandClock } from './hand-clock.ts';
import { createMemoryApprovals } from './memory-approvals.ts';
import { createMemoryGrantStore } from './memory-grants.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { until } from './until.ts';
import { anEnvironment, aPerson, aWorld } from './world.ts';

export const HOUR_MS = 3_600_000;
export const PROD = anEnvironment('acme', 'prod', ['apim-1', 'apim-2', 'apim-3']);
export const DANAS_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGXpf6o6FT84ujE0ehc+npAiNkBBIinV9JogQ4YF8ZIO';
export const ACCESS: AccessSettings = {
  kinds: ['dashboard', 'logs', 'linux'],
  longestMs: 72 * HOUR_MS,
  remindMs: HOUR_MS,
};

export const CAST = {
  alice: named('Alice', aPerson('T0MERIDIAN:U0ALICE', { operator: 'all' })),
  bob: named('Bob', aPerson('T0MERIDIAN:U0BOB', { operator: ['acme'], approver: ['acme'] })),
  carol: named('Carol', aPerson('T0MERIDIAN:U0CAROL', { approver: 'all' })),
  dana: named('Dana', aPerson('T0ACME:U0DANA', { customer: ['acme'] })),
  dave: named('Dave', aPerson('T0ACME:U0DAVE', { customer: ['acme'] })),
  gus: named('Gus', aPerson('T0GLOBEX:U0GUS', { customer: ['globex'] })),
};

/** What stays when a process dies. */
export function createAccessGround(policy: Partial<ApprovalPolicy> = {}) {
  const clock = createHandClock();
  const config = { ...accessConfig(), policies: [accessPolicy(policy)] };
  const audited: AuditEntry[] = [];
  const outbox = new Map<string, OutgoingMessage[]>();
  return {
    ...{ clock, config, audited, outbox },
    store: createMemoryGrantStore(),
    approvalStore: createMemoryApprovals(),
    hosts: createAccessHosts(clock),
  };
}
export type AccessGround = ReturnType<typeof createAccessGround>;

export interface ProcessOptions {
  readonly store?: GrantStore | undefined;
  readonly approvalStore?: ApprovalStore | undefined;
  readonly engine?: WorkflowEngine | undefined;
  readonly audit?: AccessDeps['audit'] | undefined;
  readonly accounts?: LinuxAccounts | undefined;
  /** Around everything that reaches out of the process. */
  readonly guard?: (<T extends object>(port: T) => T) | undefined;
  readonly clock?: Clock | undefined;
}

/** One process of msops on that ground. */
export function startAccess(ground: AccessGround, options: ProcessOptions = {}) {
  const guard = options.guard ?? (<T>(port: T): T => port);
  const clock = options.clock ?? ground.clock;
  const engine = options.engine ?? createMemoryEngine({ clock });
  const logger = createRecordingLogger();
  const config = () => ground.config;
  const directory = createInventoryService({ config });
  const audit = guard(options.audit ?? createMemoryAudit(ground, clock));
  const approvals = createApprovalService({
    ...{ config, directory, digest: digestOf, clock, engine, audit },
    store: guard(options.approvalStore ?? ground.approvalStore),
    breakGlass: { answering: async () => undefined, used: async () => undefined, find: async () => undefined },
    async changed({ workflowId }) {
      const id = grantOfWorkflow(workflowId);
      if (id !== undefined) {
        await service.redraw(id);
      }
    },
  });
  const store = guard(options.store ?? ground.store);
  const outbox: AccessCardsDeps['outbox'] = guard({
    async put(outgoing) {
      ground.outbox.set(outgoing.key, [...(ground.outbox.get(outgoing.key) ?? []), outgoing]);
    },
  });
  const cards = createAccessCards({ store, outbox, words, approvals, clock, config });
  const deps: AccessDeps = {
    ...{ store, approvals, cards, engine, audit, directory, clock, logger, config },
    accounts: guard(options.accounts ?? ground.hosts.service),
    ownKeys: async () => ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID9d6s41E2Co2y/oWY/cXlkBOOqefMyjPwG8ccDpQaVq bot'],
    compare: findDrift,
    patienceMs: 0,
  };
  const service: AccessService = createAccessService(deps);
  return { engine, service, approvals, deps, log: logger.lines };
}

/** A process that runs, with what most stories need. */
export async function createAccessWorld(policy: Partial<ApprovalPolicy> = {}) {
  const ground = createAccessGround(policy);
  const process = startAccess(ground);
  await process.engine.launch();
  const { store, clock } = ground;
  const stateOf = async (id = 'g7kq2m9x') => (await store.find(id))?.state;
  const becomes = (state: GrantState, id = 'g7kq2m9x') =>
    until(
      `${id} to be ${state}, not ${JSON.stringify(ground.audited.at(-1))}`,
      async () => (await stateOf(id)) === state,
    );
  return {
    ...ground,
    ...process,
    ...{ stateOf, becomes },
    request: (overrides: Partial<AccessRequest> = {}) => process.service.request(aRequest(clock.now(), overrides)),
    approve: (number = 1, actor: Actor = CAST.carol) => process.approvals.approve({ id: `g7kq2m9x-${number}`, actor }),
    told: () => tellAudit(ground.audited),
    texts: (key: string) => textsOf(ground, key),
    async hostStates() {
      return (await store.hosts('g7kq2m9x')).map(({ host, state }) => `${host} ${state}`);
    },
  };
}
export type AccessWorld = Awaited<ReturnType<typeof createAccessWorld>>;

/** Dana's, for four hours. */
export function aRequest(now: Date, overrides: Partial<AccessRequest> = {}): AccessRequest {
  return {
    ...{ id: 'g7kq2m9x', actor: CAST.dana, userId: 'U0DANA', environment: PROD, channelId: 'C0ACMESHARED' },
    wish: {
      kinds: ['dashboard', 'linux'],
      linux: { hosts: ['apim-1', 'apim-2'], publicKey: `${DANAS_KEY} dana@laptop`, productLogs: false },
    },
    until: new Date(now.getTime() + 4 * HOUR_MS),
    reason: 'Look for the timeouts of last night',
    ...overrides,
  };
}

/** `who action` of everything about access, approvals left out. */
export function tellAudit(audited: readonly AuditEntry[]): readonly string[] {
  const ours = audited.filter(({ action }) => action.startsWith('access.'));
  return ours.map(({ actor, action, reason }) => `${actor.split(':').at(-1)} ${action}${reason ? `: ${reason}` : ''}`);
}

export function textsOf({ outbox }: Pick<AccessGround, 'outbox'>, key: string): readonly string[] {
  return (outbox.get(key) ?? []).map(({ message }) => message.text);
}

function createMemoryAudit({ audited }: AccessGround, clock: Clock): AccessDeps['audit'] {
  return {
    async append(event) {
      audited.push({ ...event, seq: audited.length + 1, at: clock.now() });
    },
    list: async ({ since }) => audited.filter(({ at }) => since === undefined || at >= since).toReversed(),
  };
}

const words: GrantWords = {
  card: ({ grant }, audience) => ({ text: `${audience}: ${grant.state}` }),
  details: ({ grant, ways }) => ({ text: `${grant.id} on ${ways.map(({ host }) => host).join()}` }),
  reminder: ({ grant }) => ({ text: `until ${grant.until.toISOString()}` }),
  alarm: ({ hosts }) => {
    const left = hosts.filter(({ state }) => state !== 'removed');
    return { text: left.length === 0 ? 'revoked' : `NOT REVOKED on ${left.map(({ host }) => host).join()}` };
  },
};

function accessPolicy(overrides: Partial<ApprovalPolicy>): ApprovalPolicy {
  return {
    ...{ name: 'acme-access', environments: ['acme/prod'], changes: ['access'], requesters: ['customer'] },
    groups: [{ role: 'approver', count: 1, team: 'home' }],
    ...{ expiresAfterMs: HOUR_MS, confirmByTyping: false, allowedHours: undefined },
    ...overrides,
  };
}

function accessConfig(): InventoryConfig {
  const world = aWorld({ people: Object.values(CAST) });
  const { operator = [], approver = [], customer = [] } = world.roles;
  const customers = world.inventory.customers.map((one) =>
    one.id === 'acme' ? { ...one, access: ACCESS, environments: [PROD, ...one.environments.slice(1)] } : one,
  );
  return {
    ...world,
    inventory: { customers },
    roles: {
      ...world.roles,
      operator: [...operator, 'access.read', 'access.manage'],
      approver: [...approver, 'access.read', 'access.manage'],
      customer: [...customer, 'access.read', 'access.request'],
    },
  };
}

function named(displayName: string, actor: Actor): Actor {
  return { ...actor, displayName };
}
