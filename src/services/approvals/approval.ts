import type { Person } from '../../domain/actor.ts';
import type { ApprovalGroup, ChangeKind } from '../../domain/approval-policy.ts';

/** `void`: what was approved is not what would be done now. `withdrawn`: by the requester, or because the work was aborted. */
export type ApprovalStatus = 'pending' | 'approved' | 'rejected' | 'expired' | 'void' | 'withdrawn';

/** A change that somebody asked for and what became of the question. Plain JSON but for its dates. */
export interface Approval {
  readonly id: string;
  /** The workflow that waits; it gets the id of the approval on the topic `approval` once there is a decision. */
  readonly workflowId: string;
  readonly customer: string;
  /** Name alone, without the customer. */
  readonly environment: string;
  readonly change: ChangeKind;
  /** One line of plain text: `Install 7 packages on 2 hosts`. */
  readonly title: string;
  readonly requester: Person;
  /** SHA-256, hex, of the canonical payload: the approval is of this and of nothing else. */
  readonly digest: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly status: ApprovalStatus;
  /** Those who approved so far, in order; nobody twice. */
  readonly votes: readonly Vote[];
  /** Missing while it is pending. */
  readonly decision?: ApprovalDecision | undefined;
  /** When it was approved by nobody but an emergency. */
  readonly breakGlassId?: string | undefined;
}

export interface Vote {
  readonly person: Person;
  readonly at: Date;
}

export interface ApprovalDecision {
  /** `undefined`: by the clock or by msops. */
  readonly by?: Person | undefined;
  readonly at: Date;
  readonly reason?: string | undefined;
}

/** A seat that nobody has taken yet: `2 of approver, of ours`. */
export interface OpenSeats extends ApprovalGroup {}
