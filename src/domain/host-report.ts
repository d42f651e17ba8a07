import type { HopFailureFacts } from './hop-failure.ts';

/** What one probe of one host found. Every number that could not be read is `undefined`: unknown, never 0. */
export interface HostSample {
  /** Percent of all cores over the probe's interval; steal apart. */
  readonly cpuBusyPercent?: number | undefined;
  readonly cpuStealPercent?: number | undefined;
  readonly cores?: number | undefined;
  readonly loadAverage1?: number | undefined;
  readonly memoryTotalBytes?: number | undefined;
  readonly memoryUsedPercent?: number | undefined;
  /** All real filesystems; tmpfs, overlay and the like only when they are the root. */
  readonly filesystems?: readonly FilesystemSample[] | undefined;
  readonly uptimeSeconds?: number | undefined;
  readonly products: readonly ProductSample[];
  /** Parts of the probe that gave nothing, in words: `df hung for 5 s`. */
  readonly gaps: readonly string[];
}

export interface FilesystemSample {
  readonly mount: string;
  readonly usedPercent: number;
  readonly inodesUsedPercent?: number | undefined;
  readonly totalBytes: number;
  /** Mounted read-only though `/etc/fstab` does not ask for it. */
  readonly readOnly: boolean;
}

export interface ProductSample {
  readonly name: string;
  /** `false`: looked for and not there. `undefined`: could not be found out. */
  readonly running?: boolean | undefined;
  readonly pid?: number | undefined;
  /** Why there is no pid or no heap: `no JVM with -Dcarbon.home=/opt/…`. */
  readonly note?: string | undefined;
  readonly heap?: HeapSample | undefined;
  readonly health: readonly HealthSample[];
}

/** From the JVM's own counters. `used` includes garbage; the old generation is what alerts look at. */
export interface HeapSample {
  readonly usedBytes: number;
  readonly maxBytes: number;
  readonly oldGenUsedBytes: number;
  readonly oldGenMaxBytes: number;
  readonly collector?: string | undefined;
}

export interface HealthSample {
  readonly name: string;
  readonly healthy: boolean | undefined;
  /** HTTP status, `refused`, `timeout`, … */
  readonly detail: string;
  /** `customer`: of a service of theirs on top of the product; says nothing of the product. */
  readonly owner?: 'customer' | undefined;
}

export type Level = 'ok' | 'warning' | 'critical' | 'unknown' | 'unreachable';

/** A judged measurement: what is wrong, in words, e.g. `/var 93 % full (critical from 90 %)`. */
export interface Finding {
  readonly level: 'warning' | 'critical' | 'unknown';
  readonly text: string;
  /** `customer`: of a service of theirs; it is shown, and says nothing of how the host is. */
  readonly owner?: 'customer' | undefined;
}

/** What is known of one host now. */
export interface HostReport {
  readonly host: string;
  readonly role: string;
  readonly checkedAt: Date;
  readonly level: Level;
  readonly findings: readonly Finding[];
  readonly sample?: HostSample | undefined;
  readonly failure?: HopFailureFacts | undefined;
}
