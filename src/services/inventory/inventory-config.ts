import type { Actor } from '../../domain/actor.ts';
import type { Inventory } from '../../domain/inventory.ts';
import type { RoleTable } from '../../domain/permission.ts';

/** What this service needs of the configuration. */
export interface InventoryConfig {
  /** Slack workspace of our own people. */
  readonly homeTeam: string;
  readonly inventory: Inventory;
  readonly roles: RoleTable;
  readonly people: readonly Actor[];
}
