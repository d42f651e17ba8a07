import type { HostReport } from '../../domain/host-report.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { AlertGroup } from '../alerts/alert.ts';
import type { Approval } from '../approvals/approval.ts';
import type { BreakGlass } from '../approvals/break-glass-service.ts';
import type { DiskForecast, HostAvailability } from '../metrics/metrics-service.ts';
import type { Rollout } from '../rollouts/rollout.ts';

/**
 * How an environment stands, for people who have not looked at it. What could not be found out is `undefined`, and said.
 * A weekly one is for the customer: what concerns our own people is not even gathered, and empty.
 */
export interface Digest {
  readonly kind: 'daily' | 'weekly';
  readonly customerName: string;
  readonly environment: Environment;
  /** IANA; of the clock by which it comes. */
  readonly timeZone: string;
  readonly from: Date;
  readonly until: Date;
  /** When it should have come, when it comes late. */
  readonly lateSince?: Date | undefined;
  /** Why; missing: no bot was up. */
  readonly lateBecause?: 'failed' | undefined;
  /** The last check of each host, worst first; hosts without one are missing. */
  readonly reports: readonly HostReport[] | undefined;
  /** Of the time, and those that go on. */
  readonly alerts: readonly AlertGroup[] | undefined;
  readonly disks: readonly DiskForecast[] | undefined;
  readonly availability: readonly HostAvailability[] | undefined;
  readonly patches: readonly PendingPatches[] | undefined;
  /** The first to end first. */
  readonly certificates: readonly EndingCertificate[] | undefined;
  /** Hosts of which it is not known when any certificate ends. */
  readonly uncertified: readonly string[];
  readonly approvals: readonly Approval[] | undefined;
  readonly reviews: readonly BreakGlass[] | undefined;
  /** Ended in the time. */
  readonly done: readonly Rollout[] | undefined;
  /** Begun, waiting or planned. */
  readonly planned: readonly Rollout[] | undefined;
}

export interface PendingPatches {
  readonly host: string;
  readonly security: number;
  /** Since when the oldest of them waits. */
  readonly oldest: Date;
}

export interface EndingCertificate {
  readonly host: string;
  readonly where: string;
  readonly endsAt: Date;
}

export interface DigestService {
  /** Puts it together now. */
  make(environment: Environment, kind: Digest['kind'], lateSince?: Date): Promise<Digest>;
}
