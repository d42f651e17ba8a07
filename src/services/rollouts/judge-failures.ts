import { count } from '../../domain/count.ts';
import type { RolloutSettings } from '../../domain/inventory.ts';
import type { RolloutHost } from './rollout.ts';

/** Have more hosts failed than the rollout may lose? `undefined`: no; else why it stops, in a line. */
export function judgeFailures(hosts: readonly RolloutHost[], settings: RolloutSettings): string | undefined {
  const failed = hosts.filter(({ state }) => state === 'failed');
  if (failed.length > settings.maxFailures) {
    return `stopped: ${failures(failed.length)}, and the rollout may lose ${settings.maxFailures}`;
  }
  const worst = Math.max(0, ...[...Map.groupBy(failed, ({ wave }) => wave).values()].map(({ length }) => length));
  return worst > settings.maxFailuresPerWave
    ? `stopped: ${failures(worst)} in one wave, and a wave may lose ${settings.maxFailuresPerWave}`
    : undefined;
}

function failures(failed: number): string {
  return count(failed, 'host has failed', 'hosts have failed');
}
