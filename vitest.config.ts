import { defineConfig } from 'vitest/config';

/** More than cores: most of what these wait for is other processes. */
const WORKERS = 4;

const shared = {
  pool: 'forks' as const,
  maxWorkers: WORKERS,
  testTimeout: 30_000,
  hookTimeout: 60_000,
  globalSetup: ['test/support/postgres.ts'],
};

/**
 * Processes that are killed, frozen and started twice, stores that go away, changes that hosts work on for long: slower,
 * in `npm run test:all`.
 */
const DURABILITY = [
  'test/unit/adapters/store/embedded/*.test.ts',
  'test/unit/adapters/engine/{dbos-engine,two-replicas}.test.ts',
  'test/unit/sandbox/hosts/{products,package-managers,detached-jobs,accounts,certificates}.test.ts',
  'test/e2e/{failing-hops,outbox}.test.ts',
  'test/unit/services/patching/patch-service.test.ts',
  'test/unit/services/rollouts/{detached-jobs,haproxy-api}.test.ts',
  'test/unit/audit-verify.test.ts',
  'test/unit/adapters/store/leases.test.ts',
  'test/e2e/{process,replicas,store-away,slack-away,bad-input,bad-input-changes,doors,patch,break-glass,alerts,mail,digest,web,access,rollout,rollout-*}.test.ts',
  'test/unit/adapters/charts/{chart-memory,chart-renderer}.test.ts',
  'test/unit/adapters/mail/gateways-in-order.test.ts',
  'test/unit/services/deliveries/many-alerts.test.ts',
  'test/unit/adapters/store/{replicas,sample-hours}.test.ts',
  'test/unit/adapters/engine/recover-workflows.test.ts',
  'test/unit/adapters/ssh/ssh-deadlines.test.ts',
  'test/unit/services/access/access-{replicas,crash}.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        // Files share processes: most of their time would be spent on loading the same modules again.
        test: {
          ...shared,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: DURABILITY,
          isolate: false,
        },
      },
      // One bot a process: the engine is a singleton.
      { test: { ...shared, name: 'e2e', include: ['test/e2e/*.test.ts'], exclude: DURABILITY } },
      { test: { ...shared, name: 'durability', include: DURABILITY } },
    ],
  },
});
