import type { Clock } from '../../domain/clock.ts';
import type { Customer, Environment } from '../../domain/inventory.ts';
import type { Logger } from '../../domain/logger.ts';
import type { WorkflowEngine } from '../../domain/workflow-engine.ts';
import type { ApprovalService } from '../approvals/approval-service.ts';
import type { AuditLog } from '../audit/ports.ts';
import type { InventoryConfig } from '../inventory/inventory-config.ts';
import type { InventoryService } from '../inventory/inventory-service.ts';
import type { DriftQuestion } from '../linux-accounts/find-drift.ts';
import type { LinuxAccounts } from '../linux-accounts/linux-account.ts';
import type { AccessCards } from './access-cards.ts';
import type { Grant } from './grant.ts';
import type { Drift, GrantStore } from './ports.ts';

export interface AccessDeps {
  readonly store: GrantStore;
  readonly approvals: ApprovalService;
  readonly accounts: LinuxAccounts;
  readonly cards: AccessCards;
  readonly engine: WorkflowEngine;
  readonly audit: Pick<AuditLog, 'append' | 'list'>;
  readonly directory: Pick<InventoryService, 'findActor'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** As it is now; with or without granted roles. */
  config(): InventoryConfig;
  /** Public keys by which msops and the operators log in, `ssh-ed25519 AAAA…`; nobody else may use them. */
  ownKeys(): Promise<readonly string[]>;
  /** Compares one host with the grants. */
  compare(question: DriftQuestion): readonly Drift[];
  /** How long a host may be away before its account counts as failed. Milliseconds. */
  readonly patienceMs: number;
}

export const ACCESS_WORKFLOW = 'access';

/** Topics of a grant's mailbox. The store is the truth; a message only says that it is worth a look. */
export const ACCESS_TOPIC = 'access';
export const APPROVAL_TOPIC = 'approval';

const PREFIX = 'access:';

export function workflowIdOf(grantId: string): string {
  return `${PREFIX}${grantId}`;
}

/** The grant whose workflow this is; `undefined` for other workflows. */
export function grantOfWorkflow(workflowId: string): string | undefined {
  return workflowId.startsWith(PREFIX) ? workflowId.slice(PREFIX.length) : undefined;
}

export function customerOf(
  { customer }: Pick<Grant, 'customer'>,
  { config }: Pick<AccessDeps, 'config'>,
): Customer | undefined {
  return config().inventory.customers.find(({ id }) => id === customer);
}

export function environmentOf(
  grant: Pick<Grant, 'customer' | 'environment'>,
  deps: Pick<AccessDeps, 'config'>,
): Environment | undefined {
  return customerOf(grant, deps)?.environments.find(({ name }) => name === grant.environment);
}

/** Whoever waits for news of the grant looks. One whose workflow is lost is looked after by the sweeper. */
export async function wake({ id }: Pick<Grant, 'id'>, news: string, deps: AccessDeps): Promise<void> {
  for (const topic of [ACCESS_TOPIC, APPROVAL_TOPIC]) {
    try {
      await deps.engine.send(workflowIdOf(id), { topic, body: id, key: `${topic}:${news}` });
    } catch (error) {
      deps.logger.debug('Nobody waits for news of a grant', { grant: id, news, error });
    }
  }
}
