import type { Actor, Person } from '../../domain/actor.ts';
import type { ChangeKind } from '../../domain/approval-policy.ts';
import type { Environment } from '../../domain/inventory.ts';

/** One use of the emergency way, and the review that it owes. */
export interface BreakGlass {
  readonly id: string;
  readonly customer: string;
  readonly environment: string;
  readonly person: Person;
  readonly reason: string;
  readonly openedAt: Date;
  readonly until: Date;
  readonly reviewDueAt: Date;
  /** Approvals that it answered. */
  readonly approvals: readonly string[];
  readonly review?: { readonly by: Person; readonly at: Date; readonly note: string } | undefined;
}

export interface BreakGlassService {
  /**
   * Opens it, once for each id.
   * @throws {DeniedError} when no policy of the environment allows this person.
   * @throws {UserError} when the reason is missing or says nothing.
   */
  open(request: { id: string; actor: Actor; environment: Environment; reason: string }): Promise<BreakGlass>;
  /** The open one that answers for this person and kind of change now. */
  answering(actor: Actor, environment: Environment, change: ChangeKind): Promise<BreakGlass | undefined>;
  /** Notes that it answered an approval. */
  used(id: string, approvalId: string): Promise<void>;
  find(id: string): Promise<BreakGlass | undefined>;
  /** Not reviewed yet, oldest first. */
  unreviewed(): Promise<readonly BreakGlass[]>;
  /**
   * Closes the review, once.
   * @throws {DeniedError} for who may not, and for the person who used it.
   * @throws {UserError} when it was closed before (says by whom and when) or the note is empty.
   */
  closeReview(request: { id: string; actor: Actor; note: string }): Promise<BreakGlass>;
  /** Everybody who must be told: all who could approve a change there, without the person. */
  toTell(opened: BreakGlass): readonly Actor[];
}
