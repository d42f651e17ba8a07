import { DEFAULT_ROLLOUT, type Drain, type RolloutSettings } from '../domain/inventory.ts';
import type { DrainSection } from './drain-section.ts';
import type { RolloutSection } from './rollout-section.ts';

/** @param sections From the widest to the nearest; the nearest that says something counts, for each setting by itself. */
export function mergeRollout(sections: readonly (RolloutSection | undefined)[]): RolloutSettings {
  return sections.reduce<RolloutSettings>(
    (merged, section) => (section === undefined ? merged : override(merged, section)),
    DEFAULT_ROLLOUT,
  );
}

function override(wider: RolloutSettings, section: RolloutSection): RolloutSettings {
  return {
    canary: section.canary ?? wider.canary,
    wave: section.wave ?? wider.wave,
    maxFailures: section.max_failures ?? wider.maxFailures,
    maxFailuresPerWave: section.max_failures_per_wave ?? wider.maxFailuresPerWave,
    keepRunning: { ...wider.keepRunning, ...section.keep_running },
    startDeadlineMs: section.start_deadline ?? wider.startDeadlineMs,
    observeMs: section.observe ?? wider.observeMs,
    drainDeadlineMs: section.drain_deadline ?? wider.drainDeadlineMs,
    changeDeadlineMs: section.change_deadline ?? wider.changeDeadlineMs,
    packageLockMs: section.package_lock_wait ?? wider.packageLockMs,
    maintenanceMs: section.maintenance ?? wider.maintenanceMs,
    restart: section.restart ?? wider.restart,
    reboot: section.reboot ?? wider.reboot,
  };
}

/** @param host Name of the host that is drained, where its own commands run unless they say otherwise. */
export function toDrain(host: string, section: DrainSection | undefined): Drain | undefined {
  const { haproxy, command } = section ?? {};
  if (command !== undefined) {
    return { kind: 'command', via: command.via ?? host, drain: command.drain, ready: command.ready };
  }
  if (haproxy === undefined) {
    return undefined;
  }
  const { via, socket, address, servers } = haproxy;
  const api = address ?? { socket: socket ?? '' };
  return { kind: 'haproxy', via, api, servers };
}
