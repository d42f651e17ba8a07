import type { Approval } from './approval.ts';

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
