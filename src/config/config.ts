import type { Actor } from '../domain/actor.ts';
import type { ApprovalPolicy } from '../domain/approval-policy.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { RoleTable } from '../domain/permission.ts';

/** What `msops.yml` says, checked and with every default filled in. */
export interface Config {
  /** Slack workspace of our own people, `T…` or `E…`. */
  readonly homeTeam: string;
  /** Where the head of the audit chain is posted once a day; `undefined`: in the log alone. */
  readonly auditChannel: string | undefined;
  readonly inventory: Inventory;
  readonly roles: RoleTable;
  readonly people: readonly Actor[];
  readonly policies: readonly ApprovalPolicy[];
}
