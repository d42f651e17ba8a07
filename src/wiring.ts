import { createAuditLog } from './adapters/store/audit-log.ts';
import { createStoreCleanUps } from './adapters/store/clean-ups.ts';
import { createHostReportStore } from './adapters/store/host-report-store.ts';
import type { Env } from './config/env.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { type AuditHeadPublisher, createAuditHeadJob } from './scheduler/audit-head.ts';
import { createBreakGlassReviewsJob, type ReviewReminder } from './scheduler/break-glass-reviews.ts';
import { createCleanUpJob } from './scheduler/clean-up.ts';
import type { Job } from './scheduler/job.ts';
import { createAccessPathService } from './services/access-paths/access-path-service.ts';
import { HOST_CHECK_LIMITS } from './services/hosts/check-host.ts';
import { createHostStatusService } from './services/hosts/host-status-service.ts';
import { createInventoryService } from './services/inventory/inventory-service.ts';
import { createPatchService } from './services/patching/patch-service.ts';
import { createProductPlanService } from './services/products/product-plan-service.ts';
import { auditHeadView } from './views/audit-head-view.ts';
import { breakGlassReminderView } from './views/break-glass-reminder-view.ts';
import { wireChanges } from './wire-changes.ts';

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
    patching: createPatchService({ executor, logger }),
    products: createProductPlanService({ executor, logger }),
  };
}

const FINISHED_WORKFLOWS_KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** What the clock does. */
export function createJobs(outside: Outside, { audit, breakGlass }: Services): readonly Job[] {
  const { store, config, engine, clock, logger } = outside;
  const finishedWorkflows = {
    what: 'finished workflows',
    run: () => engine.removeFinished(new Date(clock.now().getTime() - FINISHED_WORKFLOWS_KEPT_DAYS * DAY_MS)),
  };
  const cleanUps = [...createStoreCleanUps(store, () => config.current().inventory), finishedWorkflows];
  return [
    createCleanUpJob({ cleanUps, logger }),
    createAuditHeadJob({ audit, publisher: auditHeadPublisher(outside) }),
    createBreakGlassReviewsJob({ breakGlass, reminder: reviewReminder(outside) }),
  ];
}

/** Into the log always, and into the channel of `msops.yml` when it names one: only what left the database proves anything. */
function auditHeadPublisher({ outbox, config, logger }: Outside): AuditHeadPublisher {
  return {
    async publish(found, slot) {
      logger[found.intact ? 'info' : 'error']('Audit chain checked', { ...found });
      const { auditChannel } = config.current();
      if (auditChannel !== undefined) {
        const day = slot.toISOString().slice(0, 10);
        const to = { kind: 'channel', channelId: auditChannel } as const;
        await outbox.put({ key: `audit-head:${day}`, to, message: auditHeadView(found, day) });
      }
    },
  };
}

/** Into the customer's ops channels. */
function reviewReminder({ outbox, config }: Outside): ReviewReminder {
  return {
    async remind(id, open, slot) {
      const customer = config.current().inventory.customers.find((one) => one.id === id);
      for (const { channelId, kind } of customer?.channels ?? []) {
        if (kind === 'ops') {
          const key = `break-glass-reviews:${slot.toISOString().slice(0, 10)}:${channelId}`;
          await outbox.put({ key, to: { kind: 'channel', channelId }, message: breakGlassReminderView(open) });
        }
      }
    },
  };
}
