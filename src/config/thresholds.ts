import type { Thresholds } from '../domain/inventory.ts';
import type { ThresholdsSection } from './host-section.ts';

/** Where to start from. Percent, but for load, which is per core. */
const STARTING_THRESHOLDS: Thresholds = {
  cpuBusy: { warning: 80, critical: 95 },
  loadPerCore: { warning: 2, critical: 4 },
  memoryUsed: { warning: 85, critical: 95 },
  diskUsed: { warning: 90, critical: 95 },
  inodesUsed: { warning: 90, critical: 95 },
  oldGenUsed: { warning: 80, critical: 90 },
};

/** @param sections From the widest to the nearest; the nearest that names a measurement counts. */
export function mergeThresholds(sections: readonly (ThresholdsSection | undefined)[]): Thresholds {
  return sections.reduce<Thresholds>(
    (merged, section) => ({
      cpuBusy: section?.cpu_busy ?? merged.cpuBusy,
      loadPerCore: section?.load_per_core ?? merged.loadPerCore,
      memoryUsed: section?.memory_used ?? merged.memoryUsed,
      diskUsed: section?.disk_used ?? merged.diskUsed,
      inodesUsed: section?.inodes_used ?? merged.inodesUsed,
      oldGenUsed: section?.old_gen_used ?? merged.oldGenUsed,
    }),
    STARTING_THRESHOLDS,
  );
}
