import type { Actor, Person } from '../../domain/actor.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { WorkflowEngine } from '../../domain/workflow-engine.ts';
import type { ApprovalService } from '../approvals/approval-service.ts';
import type { Digest } from '../approvals/ports.ts';
import type { AuditLog } from '../audit/ports.ts';
import type { HostChange } from './host-change.ts';
import type { HealthGate, TrafficControl } from './host-operations.ts';
import type { EnvironmentLocks, Maintenances, RolloutStore } from './ports.ts';
import type { RolloutCards } from './rollout-cards.ts';

export interface RolloutDeps {
  readonly store: RolloutStore;
  readonly locks: EnvironmentLocks;
  readonly maintenances: Maintenances;
  readonly approvals: ApprovalService;
  readonly changes: readonly HostChange[];
  readonly traffic: TrafficControl;
  readonly health: HealthGate;
  readonly cards: RolloutCards;
  readonly engine: WorkflowEngine;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly logger: Logger;
  /** As the configuration has it now; `undefined` when it is gone. */
  environmentOf(customer: string, environment: string): Environment | undefined;
  /** Ids of the channels shared with the customer. */
  sharedChannelsOf(customer: string): readonly string[];
  /** Somebody with the grants of now. */
  actorOf(person: Person): Actor;
  /** How long something outside may be away before a step fails. Milliseconds. */
  readonly patienceMs: number;
}

export const ROLLOUT_WORKFLOW = 'rollout';
export const HOST_WORKFLOW = 'rollout-host';

/** Topics of a rollout's mailbox. The store is the truth; a message only says that it is worth a look. */
export const CONTROL_TOPIC = 'control';
export const HOST_TOPIC = 'host';
export const APPROVAL_TOPIC = 'approval';

/** Why an approval is withdrawn. */
export const ABORTED = 'the rollout was aborted';

export function workflowIdOf(rolloutId: string): string {
  return `rollout:${rolloutId}`;
}

/** The rollout whose workflow this is; `undefined` for other workflows. */
export function rolloutOfWorkflow(workflowId: string): string | undefined {
  return workflowId.startsWith('rollout:') ? workflowId.slice('rollout:'.length) : undefined;
}

export function hostWorkflowIdOf(rolloutId: string, host: string): string {
  return `rollout-host:${rolloutId}:${host}`;
}
