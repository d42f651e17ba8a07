import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { createMemoryEngine } from '../../src/adapters/engine/memory-engine.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { DEFAULT_ROLLOUT, type Drain, type Environment, type RolloutSettings } from '../../src/domain/inventory.ts';
import type { Approval } from '../../src/services/approvals/approval.ts';
import type { ApprovalService } from '../../src/services/approvals/approval-service.ts';
import type { AuditEvent } from '../../src/services/audit/ports.ts';
import { createRolloutService } from '../../src/services/rollouts/create-rollout-service.ts';
import type { ChangePlan, HostChange, StepEnd } from '../../src/services/rollouts/host-change.ts';
import type { HealthVerdict } from '../../src/services/rollouts/host-operations.ts';
import type { RolloutFacts } from '../../src/services/rollouts/ports.ts';
import type { RolloutDeps } from '../../src/services/rollouts/rollout-deps.ts';
import { APPROVAL_TOPIC } from '../../src/services/rollouts/rollout-deps.ts';
import { createMemoryLocks, createMemoryMaintenances, createMemoryRolloutStore } from './memory-rollouts.ts';
import { createRecordingLogger } from './recording-logger.ts';
import { aHost, anEnvironment } from './world.ts';

/** Hosts that say what is done to them, between a rollout service and an engine in memory. */
export function createRolloutWorld(options: Partial<RolloutWorldOptions> = {}) {
  const { roles = { 'apim-1': 'gateway', 'apim-2': 'gateway', 'apim-3': 'gateway' } } = options;
  const settings = { ...DEFAULT_ROLLOUT, wave: { hosts: 1 }, observeMs: 0, ...options.settings };
  const environment: Environment = {
    ...anEnvironment('acme', 'prod', []),
    hosts: Object.entries(roles).map(([name, role]) => aHost(name, { role, drain: behindLoadBalancer(name) })),
    rollout: settings,
  };
  const done = new Set<string>();
  const diary: string[] = [];
  const audit: AuditEvent[] = [];
  const cards: RolloutFacts['rollout'][] = [];
  const health: Record<string, HealthVerdict> = {};
  const steps: Record<string, () => Promise<StepEnd>> = {};
  const wanted = { lines: ['openssl 1 → 2'] };
  const approvals = createFakeApprovals(async (id, workflowId) => {
    await engine.send(workflowId, { topic: APPROVAL_TOPIC, body: id, key: `approval:${id}` });
  });
  const engine = createMemoryEngine({ clock: systemClock });
  const store = createMemoryRolloutStore();
  const locks = createMemoryLocks();
  const logger = createRecordingLogger();

  const change: HostChange = {
    type: 'made_up',
    kind: 'patch',
    async plan(spec, selection): Promise<ChangePlan> {
      const open = selection.hosts.filter(({ name }) => !done.has(name));
      return {
        ...{ type: 'made_up', kind: 'patch', spec, title: `Change ${open.length} hosts`, problems: [], warnings: [] },
        hosts: open.map(({ name, role }) => ({
          ...{ host: name, role, lines: wanted.lines, work: { lines: wanted.lines }, rollback: 'none: made up' },
        })),
        idle: selection.hosts.filter(({ name }) => done.has(name)).map(({ name }) => name),
      };
    },
    inspect: async ({ host }) => ({ state: done.has(host.name) ? 'done' : 'to_do' }),
    steps: ({ host: { name } }) => [
      {
        name: 'install',
        async run() {
          diary.push(`${name} install`);
          const end = (await steps[name]?.()) ?? { ok: true };
          if (end.ok) {
            done.add(name);
          }
          return end;
        },
      },
    ],
  };

  const deps: RolloutDeps = {
    ...{
      store,
      locks,
      engine,
      logger,
      approvals,
      clock: systemClock,
      changes: [change],
      patienceMs: options.patienceMs ?? 0,
    },
    maintenances: createMemoryMaintenances(),
    traffic: {
      async drain({ host }) {
        diary.push(`${host.name} out`);
        return { ok: true };
      },
      async ready({ host }) {
        diary.push(`${host.name} in`);
        return { ok: true };
      },
    },
    health: {
      check: async ({ host }) => health[host.name] ?? { healthy: true },
      waitUntilHealthy: async ({ host }) => health[host.name] ?? { healthy: true },
    },
    cards: {
      facts: async (rollout) => ({
        ...{ rollout, hosts: await store.hosts(rollout.id), openSeats: [], now: new Date(), links: {} },
        approval: await approvals.find(rollout.approvalId),
      }),
      withLinks: async (facts) => facts,
      async redraw(id) {
        const rollout = await store.find(id);
        if (rollout !== undefined) {
          cards.push(rollout);
        }
      },
      hostEnded: async () => {},
      summary: async () => {},
    },
    audit: { append: async (event) => void audit.push(event) },
    digest: (payload) => JSON.stringify(payload),
    environmentOf: () => environment,
    sharedChannelsOf: () => ['C0ACMESHARED'],
    actorOf: (person) => ({ id: person.id, displayName: person.name, grants: [] }),
  };
  const service = createRolloutService(deps);
  const request = (id = 'r1') =>
    service.request({
      ...{ id, actor: ALICE, type: 'made_up', spec: {}, channelId: 'C0ACMEOPS' },
      selection: { environment, hosts: environment.hosts },
    });
  return {
    ...{ service, request, deps, engine, approvals, store, locks, environment },
    ...{ diary, audit, cards, done, health, steps, wanted, log: logger.lines },
  };
}

function behindLoadBalancer(via: string): Drain {
  return { kind: 'command', via, drain: ['load-balancer', 'take-out', via], ready: ['load-balancer', 'put-back', via] };
}

export interface RolloutWorldOptions {
  readonly roles: Readonly<Record<string, string>>;
  readonly settings: Partial<RolloutSettings>;
  /** How long a step is tried again; 0 without it. */
  readonly patienceMs: number;
}

export const ALICE: Actor = { id: 'T0MERIDIAN:U0ALICE', displayName: 'Alice Moreau', grants: [] };

/** Whoever asks may; `decide` plays the approvers. */
function createFakeApprovals(tell: (id: string, workflowId: string) => Promise<void>) {
  const approvals = new Map<string, Approval & { payload: unknown }>();
  const settle = (id: string, change: Partial<Approval>) => {
    const found = approvals.get(id);
    if (found?.status === 'pending' || change.status === 'void') {
      approvals.set(id, { ...found!, ...change });
    }
    return approvals.get(id);
  };
  const service: ApprovalService = {
    policyFor: () => undefined,
    mayRequest: async () => ({ allowed: true }),
    async request({ id, workflowId, environment, change, title, payload }) {
      const requester = { id: ALICE.id, accounts: [ALICE.id], name: ALICE.displayName };
      const at = { requestedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
      const asked = { id, workflowId, customer: environment.customer, environment: environment.name, change, title };
      if (!approvals.has(id)) {
        approvals.set(id, { ...asked, requester, digest: '', ...at, status: 'pending', votes: [], payload });
      }
      return approvals.get(id)!;
    },
    find: async (id) => approvals.get(id),
    openSeats: () => [],
    approve: async () => ({ kind: 'unknown' }),
    reject: async () => ({ kind: 'unknown' }),
    async withdraw(id, _by, reason) {
      const withdrawn = settle(id, { status: 'withdrawn', decision: { at: new Date(), reason } });
      await tell(id, withdrawn?.workflowId ?? '');
      return withdrawn;
    },
    async expire(id) {
      const found = approvals.get(id);
      return found && found.expiresAt <= new Date() ? settle(id, { status: 'expired' }) : found;
    },
    void: async (id, reason) => settle(id, { status: 'void', decision: { at: new Date(), reason } }),
    recheck: async (id) =>
      approvals.get(id)?.status === 'approved' ? { allowed: true } : { allowed: false, reason: 'not approved' },
    waitingFor: async () => [],
  };
  return {
    ...service,
    all: approvals,
    async decide(id: string, status: Approval['status']) {
      const decided = settle(id, { status, decision: { at: new Date() } });
      await tell(id, decided?.workflowId ?? '');
    },
  };
}
