import { createAuditLog } from './adapters/store/audit-log.ts';
import { createHostReportStore } from './adapters/store/host-report-store.ts';
import { createPendingSecurity } from './adapters/store/pending-security.ts';
import { createWebSessionStore } from './adapters/store/web-sessions.ts';
import { newToken } from './adapters/tokens.ts';
import type { Env } from './config/env.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { createAccessPathService } from './services/access-paths/access-path-service.ts';
import { HOST_CHECK_LIMITS } from './services/hosts/check-host.ts';
import { createHostStatusService } from './services/hosts/host-status-service.ts';
import { createInventoryService } from './services/inventory/inventory-service.ts';
import { createPatchService } from './services/patching/patch-service.ts';
import { createProductPlanService } from './services/products/product-plan-service.ts';
import { createSignInService } from './services/sign-in/create-sign-in-service.ts';
import type { SignInService } from './services/sign-in/sign-in-service.ts';
import { type Granted, wireAccess } from './wire-access.ts';
import { wireChanges } from './wire-changes.ts';
import { wireDigests } from './wire-digests.ts';
import { wireAlerts, wireMetrics } from './wire-monitoring.ts';
import type { Reach } from './wire-reach.ts';

type WiringEnv = Pick<Env, 'updateCredentials' | 'web' | 'ssh'>;

/** What is there before the services. */
export interface Wired {
  readonly reach: Reach;
  readonly granted: Granted;
}

/** The capabilities, over what is outside. */
export function createServices(outside: Outside, { reach, granted }: Wired, env: WiringEnv): Services {
  const { store, executor, openExecutor, clock, logger, tunnels } = outside;
  const inventory = createInventoryService({ config: granted.config });
  const audit = createAuditLog(store);
  const reports = createHostReportStore(store);
  const seen = {
    hosts: createHostStatusService({ executor, reports, clock, logger, limits: HOST_CHECK_LIMITS }),
    alerts: wireAlerts(outside, { audit, notices: reach.notices }),
    metrics: wireMetrics(outside),
  };
  const changes = wireChanges(outside, { inventory, audit, redrawAccess }, env.updateCredentials);
  const access = wireAccess(outside, { inventory, audit, approvals: changes.approvals }, { granted, ssh: env.ssh });
  async function redrawAccess(grantId: string): Promise<void> {
    await access.redraw(grantId);
  }
  return {
    ...{ inventory, audit, ...seen, ...changes, emails: reach.emails, access },
    digests: wireDigests(outside, { ...seen, ...changes }),
    signIn: asGranted(
      createSignInService({
        ...{ baseUrl: env.web?.url, store: createWebSessionStore(store), inventory, audit, newToken, clock, logger },
      }),
      granted,
    ),
    accessPaths: createAccessPathService({ openExecutor, tunnels, clock, logger }),
    patching: createPatchService({ executor, logger, clock, waiting: createPendingSecurity(store) }),
    products: createProductPlanService({ executor, logger }),
  };
}

/** Whoever comes has the roles of this moment, also those that another replica has just given or taken. */
function asGranted(signIn: SignInService, { roles }: Granted): SignInService {
  return {
    ...signIn,
    async whoIs(session, askedBy) {
      await roles.refresh();
      return signIn.whoIs(session, askedBy);
    },
  };
}
