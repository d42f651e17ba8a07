import type { Actor } from '../../domain/actor.ts';
import type { ApprovalPolicy, ChangeKind } from '../../domain/approval-policy.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Decision } from '../../domain/permission.ts';
import type { Approval, OpenSeats } from './approval.ts';

export interface ApprovalQuestion {
  readonly id: string;
  readonly workflowId: string;
  readonly environment: Environment;
  readonly change: ChangeKind;
  readonly title: string;
  readonly requester: Actor;
  /** Canonical JSON of it is what the approval binds to. */
  readonly payload: unknown;
}

/** What became of a click. */
export type VoteOutcome =
  /** The policy wants this phrase (`acme/prod`) typed before the approval counts. Nothing was written. */
  | { readonly kind: 'needs_typing'; readonly phrase: string }
  /** It counts, and others have to approve too. */
  | { readonly kind: 'counted'; readonly approval: Approval; readonly open: readonly OpenSeats[] }
  /** This click decided it. */
  | { readonly kind: 'decided'; readonly approval: Approval }
  /** It was decided before; `approval` says by whom and when. */
  | { readonly kind: 'late'; readonly approval: Approval }
  /** They approved before and it still waits for others. */
  | { readonly kind: 'repeated'; readonly approval: Approval; readonly open: readonly OpenSeats[] }
  /** They may not, or what they typed was wrong; a sentence for the person. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown' };

export interface Click {
  readonly id: string;
  readonly actor: Actor;
  /** What they typed, when the policy wants something typed. */
  readonly typed?: string | undefined;
}

/** Asks people for a yes before something is changed. Permission and policy are those of the moment of each call. */
export interface ApprovalService {
  /** The one policy for this kind of change there; `undefined`: nobody can approve it. */
  policyFor(environment: Environment, change: ChangeKind): ApprovalPolicy | undefined;
  /** May they ask for it at all? Also `false` when no policy fits or a group could never be filled. */
  mayRequest(actor: Actor, environment: Environment, change: ChangeKind): Decision;
  /**
   * Writes the question down, once for each id. An open break-glass of the requester answers it at once.
   * @throws {DeniedError} as `mayRequest` says.
   */
  request(question: ApprovalQuestion): Promise<Approval>;
  find(id: string): Promise<Approval | undefined>;
  /** Of a pending one, by the policy of now. */
  openSeats(approval: Approval): readonly OpenSeats[];
  /** One conditional write; tells the waiting workflow when that decides it, and again when it was decided before. */
  approve(click: Click): Promise<VoteOutcome>;
  /** Whoever may approve may reject. @param reason as typed, not empty. */
  reject(click: Click, reason: string): Promise<VoteOutcome>;
  /** The requester takes it back, or the work was aborted before it was decided. */
  withdraw(id: string, by: Actor, reason: string): Promise<Approval | undefined>;
  /** Ends a pending one whose time is over; others stay as they are. Resolves with it as it is now. */
  expire(id: string): Promise<Approval | undefined>;
  /** The payload is not what was approved. */
  void(id: string, reason: string): Promise<Approval | undefined>;
  /**
   * When the work starts: is it approved, for this payload, by people who may still approve, and may the requester
   * still ask? A decision of `false` says what is not as it was.
   */
  recheck(id: string, payload: unknown): Promise<Decision>;
  /** Pending ones that this person could approve now, oldest first. */
  waitingFor(actor: Actor): Promise<readonly Approval[]>;
}
