import { createStoreCleanUps } from './adapters/store/clean-ups.ts';
import { createDeliveryCleanUps } from './adapters/store/deliveries.ts';
import { packOldSamples } from './adapters/store/sample-hours.ts';
import { dropOldSamples } from './adapters/store/sample-partitions.ts';
import { createWebSessionCleanUps } from './adapters/store/web-sessions.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { createAccessSweepJob } from './scheduler/access-sweep.ts';
import { type AuditHeadPublisher, createAuditHeadJob } from './scheduler/audit-head.ts';
import { createBreakGlassReviewsJob, type ReviewReminder } from './scheduler/break-glass-reviews.ts';
import { createCleanUpJob } from './scheduler/clean-up.ts';
import { createEmailVerificationsJob } from './scheduler/email-verifications.ts';
import type { Job } from './scheduler/job.ts';
import { createPatchAutoCheckJob } from './scheduler/patch-auto-check.ts';
import { type AutoAlerts, createAutoWatchService } from './services/patching/auto-watch-service.ts';
import { auditHeadView } from './views/audit-head-view.ts';
import { breakGlassReminderView } from './views/break-glass-reminder-view.ts';
import { patchAutoAlertView, patchAutoOverView } from './views/patch-auto-alert-view.ts';
import { createReportJobs, openPatchMemory } from './wire-digests.ts';

const FINISHED_WORKFLOWS_KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** What the clock does. */
export function createJobs(outside: Outside, services: Services): readonly Job[] {
  const { store, config, engine, clock, logger } = outside;
  const { audit, breakGlass, patching } = services;
  const inventory = () => config.current().inventory;
  const finishedWorkflows = {
    what: 'finished workflows',
    run: () => engine.removeFinished(new Date(clock.now().getTime() - FINISHED_WORKFLOWS_KEPT_DAYS * DAY_MS)),
  };
  const samples = [
    { what: 'samples of days that are over, packed', run: () => packOldSamples(store, clock.now()) },
    { what: 'samples of old days', run: () => dropOldSamples(store, clock.now()) },
  ];
  const memory = openPatchMemory(outside);
  const watch = createAutoWatchService({ patching, memory, alerts: autoAlerts(outside) });
  return [
    createCleanUpJob({
      cleanUps: [
        ...createStoreCleanUps(store, inventory),
        ...createDeliveryCleanUps(store),
        ...createWebSessionCleanUps(store),
        ...samples,
        finishedWorkflows,
      ],
      logger,
    }),
    createAuditHeadJob({ audit, publisher: auditHeadPublisher(outside) }),
    createBreakGlassReviewsJob({ breakGlass, reminder: reviewReminder(outside, services) }),
    createPatchAutoCheckJob({ inventory, watch, logger }),
    createEmailVerificationsJob(services),
    createAccessSweepJob(services),
    ...createReportJobs(outside, services),
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
function reviewReminder({ outbox }: Outside, { inventory }: Pick<Services, 'inventory'>): ReviewReminder {
  return {
    async remind(id, open, slot) {
      for (const { channelId, kind } of inventory.findCustomer(id)?.channels ?? []) {
        if (kind === 'ops') {
          const key = `break-glass-reviews:${slot.toISOString().slice(0, 10)}:${channelId}`;
          await outbox.put({ key, to: { kind: 'channel', channelId }, message: breakGlassReminderView(open) });
        }
      }
    },
  };
}

/** The end of it is a message of its own too, since nobody notices an edit of one from days ago. */
function autoAlerts({ outbox }: Outside): AutoAlerts {
  return {
    async show(alert) {
      const { customer, environment, channelIds, begun, troubles } = alert;
      for (const channelId of channelIds) {
        const key = `patch-auto:${customer}/${environment}:${begun}:${channelId}`;
        const to = { kind: 'channel', channelId } as const;
        await outbox.put({ key, to, message: patchAutoAlertView(alert) });
        if (troubles.length === 0) {
          await outbox.put({ key: `${key}:over`, to, message: patchAutoOverView(alert) });
        }
      }
    },
  };
}
