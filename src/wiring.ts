import { createAuditLog } from './adapters/store/audit-log.ts';
import { createHostReportStore } from './adapters/store/host-report-store.ts';
import { createPendingSecurity } from './adapters/store/pending-security.ts';
import type { Env } from './config/env.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { createAccessPathService } from './services/access-paths/access-path-service.ts';
import { HOST_CHECK_LIMITS } from './services/hosts/check-host.ts';
import { createHostStatusService } from './services/hosts/host-status-service.ts';
import { createInventoryService } from './services/inventory/inventory-service.ts';
import { createPatchService } from './services/patching/patch-service.ts';
import { createProductPlanService } from './services/products/product-plan-service.ts';
import { wireChanges } from './wire-changes.ts';
import { wireAlerts } from './wire-monitoring.ts';

/** The capabilities, over what is outside. */
export function createServices(outside: Outside, { updateCredentials }: Pick<Env, 'updateCredentials'>): Services {
  const { store, config, executor, openExecutor, clock, logger, tunnels } = outside;
  const reports = createHostReportStore(store);
  const known = { inventory: createInventoryService({ config: config.current }), audit: createAuditLog(store) };
  return {
    ...known,
    ...wireChanges(outside, known, updateCredentials),
    hosts: createHostStatusService({ executor, reports, clock, logger, limits: HOST_CHECK_LIMITS }),
    accessPaths: createAccessPathService({ openExecutor, tunnels, clock, logger }),
    patching: createPatchService({ executor, logger, clock, waiting: createPendingSecurity(store) }),
    products: createProductPlanService({ executor, logger }),
    alerts: wireAlerts(outside, known),
  };
}
