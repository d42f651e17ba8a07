import type { AccessPathService } from '../services/access-paths/access-path-service.ts';
import type { AuditLog } from '../services/audit/ports.ts';
import type { HostStatusService } from '../services/hosts/host-status-service.ts';
import type { InventoryService } from '../services/inventory/inventory-service.ts';
import type { PatchService } from '../services/patching/patch-service.ts';

/** What a command may ask for. */
export interface Services {
  readonly inventory: InventoryService;
  readonly hosts: HostStatusService;
  readonly accessPaths: AccessPathService;
  readonly patching: PatchService;
  readonly audit: AuditLog;
}
