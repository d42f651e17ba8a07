import type { Approval } from './approval.ts';
import type { BreakGlass } from './break-glass-service.ts';

/** Approvals in the store. */
export interface ApprovalStore {
  /** Resolves `false` when there is one with this id already; it stays as it is. */
  create(approval: Approval): Promise<boolean>;
  /** `undefined` when there is none. */
  find(id: string): Promise<VersionedApproval | undefined>;
  /** Writes only over that version: of many callers one gets `true`. */
  replace(found: VersionedApproval, next: Approval): Promise<boolean>;
  /** Pending ones, oldest first. */
  pending(): Promise<readonly Approval[]>;
}

export interface VersionedApproval {
  readonly approval: Approval;
  readonly version: number;
}

/** SHA-256 of the canonical JSON (RFC 8785) of a payload, hex. */
export type Digest = (payload: unknown) => string;

/** Uses of the emergency way in the store. */
export interface BreakGlassStore {
  /** Resolves `false` when there is one with this id already; it stays as it is. */
  create(opened: BreakGlass): Promise<boolean>;
  find(id: string): Promise<VersionedBreakGlass | undefined>;
  /** Writes only over that version: of many callers one gets `true`. */
  replace(found: VersionedBreakGlass, next: BreakGlass): Promise<boolean>;
  /** Of this environment, not over at `now` and not reviewed; the one that lasts longest first. */
  open(environment: { customer: string; environment: string }, now: Date): Promise<readonly BreakGlass[]>;
  /** Not reviewed yet, oldest first. */
  unreviewed(): Promise<readonly BreakGlass[]>;
}

export interface VersionedBreakGlass {
  readonly breakGlass: BreakGlass;
  readonly version: number;
}
