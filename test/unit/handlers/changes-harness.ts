import type { ModalView } from '@slack/types';
import { covers } from '../../../src/domain/actor.ts';
import type { RoleTable } from '../../../src/domain/permission.ts';
import type { HandlerDeps } from '../../../src/handlers/deps.ts';
import type { Approval } from '../../../src/services/approvals/approval.ts';
import type { VoteOutcome } from '../../../src/services/approvals/approval-service.ts';
import type { AuditEvent } from '../../../src/services/audit/ports.ts';
import { createInventoryService } from '../../../src/services/inventory/inventory-service.ts';
import type { OutgoingMessage } from '../../../src/services/notifications/ports.ts';
import type { ChangePlan } from '../../../src/services/rollouts/host-change.ts';
import type { RolloutFacts } from '../../../src/services/rollouts/ports.ts';
import type { RolloutRequest } from '../../../src/services/rollouts/rollout-service.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld, theActor } from '../../support/world.ts';
import { ALICE, aBreakGlass, anApproval, aRollout, someFacts } from '../views/rollout-builders.ts';
import { doorsOf } from './doors-of.ts';

const ROLES: RoleTable = {
  operator: [
    ...(['host.read', 'inventory.read', 'patch.plan', 'change.request', 'change.approve'] as const),
    ...(['rollout.read', 'rollout.control', 'break_glass.use'] as const),
  ],
  approver: [
    ...(['host.read', 'inventory.read', 'patch.plan', 'change.approve', 'rollout.read', 'rollout.control'] as const),
    ...(['lock.break', 'break_glass.review'] as const),
  ],
  auditor: ['audit.read', 'inventory.read', 'rollout.read'],
  customer: ['host.read', 'inventory.read', 'change.approve', 'rollout.read'],
};

export interface Answers {
  /** As the service finds it. */
  approval: Approval;
  facts: RolloutFacts | undefined;
  requested: ChangePlan | undefined;
  outcome: VoteOutcome;
}

/** The handlers over services that write down what they are asked, and answer what the test says. */
export function setUpChanges(answers: Partial<Answers> = {}) {
  const calls: unknown[][] = [];
  const told: OutgoingMessage[] = [];
  const audit: AuditEvent[] = [];
  const opened: ModalView[] = [];
  const homes: unknown[] = [];
  const logger = createRecordingLogger();
  const called =
    <Value>(name: string, value: (...args: never[]) => Value) =>
    async (...args: never[]): Promise<Value> => {
      calls.push([name, ...args]);
      return value(...args);
    };
  const facts = 'facts' in answers ? answers.facts : someFacts();
  const findFacts = (id: string, customers: 'all' | readonly string[]): RolloutFacts | undefined =>
    facts?.rollout.id === id && covers(customers, facts.rollout.customer) ? facts : undefined;
  const services = {
    inventory: createInventoryService({ config: () => aWorld({ roles: ROLES }) }),
    hosts: { latest: async () => [] },
    patching: { plan: async () => [], auto: async () => [] },
    products: { plan: called('products.plan', () => []) },
    approvals: {
      find: async (id: string) =>
        [answers.approval ?? anApproval(), anApproval({ id: 'g1', customer: 'globex' })].find((one) => one.id === id),
      approve: called('approve', () => answers.outcome ?? { kind: 'decided', approval: anApproval() }),
      reject: called('reject', () => answers.outcome ?? { kind: 'decided', approval: anApproval() }),
      waitingFor: async () => [],
    },
    breakGlass: {
      open: called('break-glass', ({ id, reason }: { id: string; reason: string }) => aBreakGlass({ id, reason })),
      find: async (id: string) =>
        [aBreakGlass(), aBreakGlass({ id: 'g1', customer: 'globex' })].find((one) => one.id === id),
      closeReview: called('closeReview', ({ note }: { note: string }) =>
        aBreakGlass({ review: { by: ALICE, at: new Date(0), note } }),
      ),
      toTell: () => [theActor('carol'), theActor('dana')],
      unreviewed: async () => [],
    },
    rollouts: {
      find: async (id: string, customers: 'all' | readonly string[]) => findFacts(id, customers),
      list: called('list', () => []),
      withLinks: async (found: RolloutFacts) => found,
      redraw: called('redraw', () => undefined),
      control: called('control', () => aRollout({ state: 'running' })),
      request: called('request', ({ id }: RolloutRequest) => answers.requested ?? aRollout({ id })),
      breakLock: called('breakLock', () => ({
        ...{ customer: 'acme', environment: 'prod', owner: '2b3c4d5e', holder: ALICE },
        ...{ reason: 'Install 7 packages', takenAt: new Date(0) },
      })),
    },
    audit: { append: async (event: AuditEvent) => void audit.push(event) },
  };
  const deps = {
    services,
    outbox: { put: async (message: OutgoingMessage) => void told.push(message) },
    people: { teamOf: async () => undefined },
    home: { publish: async (_userId: string, blocks: unknown) => void homes.push(blocks) },
    modals: { open: async (_trigger: string, view: ModalView) => void opened.push(view) },
    clock: createFixedClock(),
    logger,
  } as unknown as HandlerDeps;
  return { deps, calls, told, audit, opened, homes, logger, ...doorsOf(deps) };
}
