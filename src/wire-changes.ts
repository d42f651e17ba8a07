import { digestOf } from './adapters/digest.ts';
import { createApprovalStore } from './adapters/store/approvals.ts';
import { createBreakGlassStore } from './adapters/store/break-glass.ts';
import { createEnvironmentLocks } from './adapters/store/environment-locks.ts';
import { createMaintenances } from './adapters/store/maintenances.ts';
import { createRolloutStore } from './adapters/store/rollouts.ts';
import type { UpdateCredentials } from './config/env.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { grantOfWorkflow } from './services/access/access-deps.ts';
import { createApprovalService } from './services/approvals/approval-service.ts';
import { createBreakGlassService } from './services/approvals/break-glass-service.ts';
import { checkHost, HOST_CHECK_LIMITS } from './services/hosts/check-host.ts';
import { createAutomaticUpdatesChange } from './services/patching/changes/automatic-updates-change.ts';
import { createOsPackagesChange } from './services/patching/changes/os-packages-change.ts';
import { createOsPackagesUndoChange } from './services/patching/changes/os-packages-undo-change.ts';
import { createProductControl } from './services/products/product-control.ts';
import { createProductRevert } from './services/products/product-revert.ts';
import { createProductUpdate } from './services/products/product-update.ts';
import { createRolloutService } from './services/rollouts/create-rollout-service.ts';
import { createDetachedJobs } from './services/rollouts/detached-jobs.ts';
import { createHealthGate } from './services/rollouts/health-gate.ts';
import type { HostChange } from './services/rollouts/host-change.ts';
import { createRolloutCards } from './services/rollouts/rollout-cards.ts';
import { rolloutOfWorkflow } from './services/rollouts/rollout-deps.ts';
import { createTrafficControl } from './services/rollouts/traffic-control.ts';
import { rolloutWords } from './views/rollout-words.ts';

/** How long the store or a bastion may be away in the middle of a rollout before a step fails. */
const PATIENCE_MS = 120_000;

interface Known extends Pick<Services, 'inventory' | 'audit'> {
  /** The approval of a grant has changed. */
  redrawAccess(grantId: string): Promise<void>;
}

/** Everything that changes hosts, and the approvals before it. */
export function wireChanges(
  outside: Outside,
  { inventory, audit, redrawAccess }: Known,
  credentials: UpdateCredentials | undefined,
): Pick<Services, 'approvals' | 'breakGlass' | 'rollouts'> {
  const { store, config, clock, engine, outbox, executor, logger } = outside;
  const rules = { config: config.current, directory: inventory };
  const breakGlass = createBreakGlassService({ ...rules, store: createBreakGlassStore(store), clock, audit });
  const rollouts = createRolloutStore(store);
  const approvals = createApprovalService({
    ...{ ...rules, store: createApprovalStore(store), digest: digestOf, clock, engine, audit, breakGlass },
    async changed({ workflowId }) {
      const rollout = rolloutOfWorkflow(workflowId);
      if (rollout !== undefined) {
        await cards.redraw(rollout);
      }
      const grant = grantOfWorkflow(workflowId);
      if (grant !== undefined) {
        await redrawAccess(grant);
      }
    },
  });
  const { findCustomer: customerOf } = inventory;
  const cards = createRolloutCards({ store: rollouts, approvals, outbox, words: rolloutWords, clock, customerOf });
  const service = createRolloutService({
    ...{
      store: rollouts,
      approvals,
      cards,
      engine,
      audit,
      clock,
      logger,
      digest: digestOf,
      patienceMs: PATIENCE_MS,
    },
    locks: createEnvironmentLocks(store),
    maintenances: createMaintenances(store),
    changes: createChanges(outside, credentials),
    traffic: createTrafficControl({ executor, clock, logger }),
    health: createHealthGate({
      clock,
      checkHost: ({ environment, host }) =>
        checkHost(host, environment.accessPath, { executor, clock, logger, limits: HOST_CHECK_LIMITS }),
    }),
    environmentOf: (customer, name) =>
      customerOf(customer)?.environments.find((environment) => environment.name === name),
    sharedChannelsOf: (customer) =>
      (customerOf(customer)?.channels ?? []).flatMap(({ kind, channelId }) => (kind === 'shared' ? [channelId] : [])),
    actorOf: ({ id }) => inventory.findActor(id),
  });
  return { approvals, breakGlass, rollouts: service };
}

function createChanges(
  { executor, clock, logger }: Outside,
  credentials: UpdateCredentials | undefined,
): readonly HostChange[] {
  const jobs = createDetachedJobs({ executor, clock });
  const products = createProductControl({ executor, clock, logger });
  const deps = { executor, jobs, products, control: products, clock, logger, credentials };
  return [
    createOsPackagesChange(deps),
    createOsPackagesUndoChange(deps),
    createAutomaticUpdatesChange(deps),
    createProductUpdate(deps),
    createProductRevert(deps),
  ];
}
