import type { HoldTimes, Signal } from '../domain/inventory.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** How long something must be so before anybody is told; where to start from. */
export const STARTING_HOLDS: Readonly<Record<Signal, HoldTimes>> = {
  access_path: { warningMs: 3 * MINUTE_MS, criticalMs: 2 * MINUTE_MS, clearMs: MINUTE_MS },
  reachability: { warningMs: 3 * MINUTE_MS, criticalMs: 2 * MINUTE_MS, clearMs: MINUTE_MS },
  disk: { warningMs: 15 * MINUTE_MS, criticalMs: 5 * MINUTE_MS, clearMs: 5 * MINUTE_MS },
  inodes: { warningMs: 15 * MINUTE_MS, criticalMs: 15 * MINUTE_MS, clearMs: 5 * MINUTE_MS },
  memory: { warningMs: 10 * MINUTE_MS, criticalMs: 5 * MINUTE_MS, clearMs: 5 * MINUTE_MS },
  cpu: { warningMs: 15 * MINUTE_MS, criticalMs: 10 * MINUTE_MS, clearMs: 5 * MINUTE_MS },
  load: { warningMs: 15 * MINUTE_MS, criticalMs: 10 * MINUTE_MS, clearMs: 5 * MINUTE_MS },
  heap: { warningMs: 10 * MINUTE_MS, criticalMs: 10 * MINUTE_MS, clearMs: 5 * MINUTE_MS },
  application: { warningMs: 90 * SECOND_MS, criticalMs: 90 * SECOND_MS, clearMs: MINUTE_MS },
  missing: { warningMs: 2 * MINUTE_MS, criticalMs: 2 * MINUTE_MS, clearMs: MINUTE_MS },
  certificate: { warningMs: 0, criticalMs: 0, clearMs: 0 },
  service: { warningMs: 90 * SECOND_MS, criticalMs: 90 * SECOND_MS, clearMs: MINUTE_MS },
  external: { warningMs: 0, criticalMs: 0, clearMs: 0 },
};
