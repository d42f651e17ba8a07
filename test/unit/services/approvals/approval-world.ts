import { digestOf } from '../../../../src/adapters/digest.ts';
import { createMemoryEngine } from '../../../../src/adapters/engine/memory-engine.ts';
import type { Actor, PersonId } from '../../../../src/domain/actor.ts';
import type { ApprovalGroup, ApprovalPolicy } from '../../../../src/domain/approval-policy.ts';
import type { Environment } from '../../../../src/domain/inventory.ts';
import type { RoleTable } from '../../../../src/domain/permission.ts';
import type { WorkflowEngine } from '../../../../src/domain/workflow-engine.ts';
import type { Approval } from '../../../../src/services/approvals/approval.ts';
import { type ApprovalQuestion, createApprovalService } from '../../../../src/services/approvals/approval-service.ts';
import { type BreakGlass, createBreakGlassService } from '../../../../src/services/approvals/break-glass-service.ts';
import type { ApprovalStore, BreakGlassStore } from '../../../../src/services/approvals/ports.ts';
import type { AuditEvent } from '../../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../../src/services/inventory/inventory-service.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { anEnvironment, aPerson, aWorld } from '../../../support/world.ts';

export const HOUR_MS = 3_600_000;
export const PROD = anEnvironment('acme', 'prod', ['apim-1']);

const ROLES: RoleTable = {
  operator: ['inventory.read', 'change.request', 'change.approve', 'break_glass.use'],
  approver: ['inventory.read', 'change.approve', 'break_glass.review'],
  auditor: ['audit.read', 'inventory.read'],
  customer: ['inventory.read', 'change.approve'],
};

/** alice asks; bob, carol and dana may approve. */
export const PEOPLE = {
  alice: aPerson('T0MERIDIAN:U0ALICE', { operator: 'all' }),
  bob: aPerson('T0MERIDIAN:U0BOB', { operator: ['acme'], approver: ['acme'] }),
  carol: aPerson('T0MERIDIAN:U0CAROL', { approver: 'all' }),
  erin: aPerson('T0MERIDIAN:U0ERIN', { auditor: 'all' }),
  dana: aPerson('T0ACME:U0DANA', { customer: ['acme'] }),
  gus: aPerson('T0GLOBEX:U0GUS', { customer: ['globex'] }),
};
export const MALLORY = aPerson('T0OUTSIDE:U0MALLORY', {});

/** One of our approvers, for a day. */
export function aPolicy(overrides: Partial<ApprovalPolicy> = {}): ApprovalPolicy {
  return {
    name: 'prod-changes',
    environments: ['acme/prod'],
    changes: ['patch', 'update'],
    requesters: ['operator'],
    groups: [{ role: 'approver', count: 1, team: 'home' }],
    expiresAfterMs: 24 * HOUR_MS,
    confirmByTyping: false,
    allowedHours: undefined,
    ...overrides,
  };
}

export const OURS_AND_THEIRS: readonly ApprovalGroup[] = [
  { role: 'approver', count: 1, team: 'home' },
  { role: 'customer', count: 1, team: 'customer' },
];

export const BREAK_GLASS = { roles: ['operator'], lastsMs: HOUR_MS, reviewWithinMs: 72 * HOUR_MS };

export function aQuestion(overrides: Partial<ApprovalQuestion> = {}): ApprovalQuestion {
  return {
    id: 'r-1-1',
    workflowId: 'rollout:r-1',
    environment: PROD,
    change: 'patch',
    title: 'Install 7 packages on 2 hosts',
    requester: PEOPLE.alice,
    payload: { hosts: ['apim-1'], packages: ['curl=8.5'] },
    ...overrides,
  };
}

export interface ApprovalWorldOptions {
  readonly policies?: readonly ApprovalPolicy[] | undefined;
  readonly people?: readonly Actor[] | undefined;
  readonly store?: ApprovalStore | undefined;
  readonly breakGlassStore?: BreakGlassStore | undefined;
  readonly engine?: Pick<WorkflowEngine, 'send' | 'state'> | undefined;
}

/** The services over a configuration that a test can change at any moment. */
export function createApprovalWorld(options: ApprovalWorldOptions = {}) {
  const config = {
    ...aWorld({ roles: ROLES, people: options.people ?? Object.values(PEOPLE) }),
    policies: options.policies ?? [aPolicy()],
  };
  const clock = createFixedClock();
  const engine = createRecordingEngine();
  const audited: AuditEvent[] = [];
  const changed: Approval[] = [];
  const source = { config: () => config, directory: createInventoryService({ config: () => config }) };
  const audit = { append: async (event: AuditEvent) => void audited.push(event) };
  const store = options.store ?? createMemoryApprovalStore();
  const breakGlassStore = options.breakGlassStore ?? createMemoryBreakGlassStore();
  const breakGlass = createBreakGlassService({ ...source, store: breakGlassStore, clock, audit });
  const approvals = createApprovalService({
    ...source,
    store,
    digest: digestOf,
    clock,
    engine: options.engine ?? engine,
    audit,
    breakGlass,
    changed: async (approval) => void changed.push(approval),
  });
  return { approvals, breakGlass, breakGlassStore, config, clock, engine, audited, changed };
}

/** With a request of alice's. */
export async function asked(options: ApprovalWorldOptions = {}) {
  const world = createApprovalWorld(options);
  await world.approvals.request(aQuestion());
  const approve = (actor: Actor, typed?: string) => world.approvals.approve({ id: 'r-1-1', actor, typed });
  const reject = (actor: Actor, reason = 'not tonight') => world.approvals.reject({ id: 'r-1-1', actor }, reason);
  return { ...world, approve, reject };
}

/** Keeps what arrives, once for each key. */
export function createRecordingEngine(): Pick<WorkflowEngine, 'send' | 'state'> & { readonly received: unknown[] } {
  const received: unknown[] = [];
  const keys = new Set<string>();
  return {
    received,
    async send(workflowId, { topic, body, key = topic }) {
      if (!keys.has(key)) {
        keys.add(key);
        received.push({ workflowId, topic, body });
      }
    },
    state: async () => 'pending',
  };
}

/** Without any workflow. */
export function anEmptyEngine(): WorkflowEngine {
  return createMemoryEngine({ clock: createFixedClock() });
}

/** Which entries, as `who action`. */
export function told(audited: readonly AuditEvent[]): readonly string[] {
  return audited.map(({ actor, action }) => `${actor.split(':').at(-1)} ${action}`);
}

/** The configuration without one role of somebody. */
export function without(people: readonly Actor[], id: PersonId, role: string): Actor[] {
  return people.map((person) =>
    person.id === id ? { ...person, grants: person.grants.filter((grant) => grant.role !== role) } : person,
  );
}

function createMemoryRows<Doc extends { readonly id: string }>() {
  const rows = new Map<string, { doc: Doc; version: number }>();
  return {
    rows,
    async create(doc: Doc) {
      const isNew = !rows.has(doc.id);
      rows.set(doc.id, rows.get(doc.id) ?? { doc: structuredClone(doc), version: 1 });
      return isNew;
    },
    async replace(id: string, version: number, next: Doc) {
      const isCurrent = rows.get(id)?.version === version;
      if (isCurrent) {
        rows.set(id, { doc: structuredClone(next), version: version + 1 });
      }
      return isCurrent;
    },
    all: () => [...rows.values()].map(({ doc }) => structuredClone(doc)),
  };
}

function createMemoryApprovalStore(): ApprovalStore {
  const { rows, create, replace, all } = createMemoryRows<Approval>();
  return {
    create,
    async find(id) {
      const row = rows.get(id);
      return row && { approval: structuredClone(row.doc), version: row.version };
    },
    replace: ({ approval, version }, next) => replace(approval.id, version, next),
    pending: async () => all().filter(({ status }) => status === 'pending'),
  };
}

function createMemoryBreakGlassStore(): BreakGlassStore {
  const { rows, create, replace, all } = createMemoryRows<BreakGlass>();
  const unreviewed = () => all().filter(({ review }) => review === undefined);
  return {
    create,
    async find(id) {
      const row = rows.get(id);
      return row && { breakGlass: structuredClone(row.doc), version: row.version };
    },
    replace: ({ breakGlass, version }, next) => replace(breakGlass.id, version, next),
    open: async ({ customer, environment }, now) =>
      unreviewed()
        .filter((found) => found.customer === customer && found.environment === environment && found.until > now)
        .toSorted((one, other) => other.until.getTime() - one.until.getTime()),
    unreviewed: async () => unreviewed(),
  };
}

export function otherEnvironment(name: string): Environment {
  return anEnvironment('acme', name, ['dev-1']);
}
