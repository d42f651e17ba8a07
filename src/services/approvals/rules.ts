import type { Actor, PersonId } from '../../domain/actor.ts';
import type { ApprovalPolicy } from '../../domain/approval-policy.ts';
import type { Inventory } from '../../domain/inventory.ts';
import type { RoleTable } from '../../domain/permission.ts';
import type { InventoryService } from '../inventory/inventory-service.ts';

/** What approvals need of the configuration. */
export interface ApprovalConfig {
  /** Slack workspace of our own people. */
  readonly homeTeam: string;
  readonly inventory: Inventory;
  readonly roles: RoleTable;
  readonly policies: readonly ApprovalPolicy[];
}

/** Who people are, with no more grants than their workspace may have. */
export type Directory = Pick<InventoryService, 'findActor' | 'people'>;

export interface RuleSource {
  /** Asked anew each time, because the configuration can be reloaded. */
  readonly config: () => ApprovalConfig;
  readonly directory: Directory;
}

/** The configuration at one moment. Whatever is decided is decided by it, not by what was true when something was asked. */
export interface Rules extends ApprovalConfig {
  /** Somebody unknown has no grants. */
  findActor(id: PersonId): Actor;
  people(): readonly Actor[];
}

export function rulesOfNow({ config, directory }: RuleSource): Rules {
  return { ...config(), findActor: directory.findActor, people: directory.people };
}
