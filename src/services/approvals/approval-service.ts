import { type Actor, toPerson } from '../../domain/actor.ts';
import type { ApprovalPolicy, ChangeKind } from '../../domain/approval-policy.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Decision } from '../../domain/permission.ts';
import { type Announcer, type AnnouncerDeps, createAnnouncer } from './announce-change.ts';
import type { Approval, OpenSeats } from './approval.ts';
import { actorOfNow } from './approvers.ts';
import { askForApproval } from './ask-for-approval.ts';
import type { BreakGlassService } from './break-glass-service.ts';
import { changeApproval } from './change-approval.ts';
import { decideAsking } from './decide-asking.ts';
import { type ChangeTarget, findPolicy } from './find-policy.ts';
import { type Clicked, judgeApprove, openSeatsOf } from './judge-click.ts';
import type { ApprovalStore, Digest } from './ports.ts';
import { recheckApproval } from './recheck-approval.ts';
import { type Ruling, ruleExpire, ruleVoid, ruleWithdraw } from './rule-end.ts';
import { ruleApprove, ruleReject, type VoteRuling } from './rule-vote.ts';
import { type RuleSource, rulesOfNow } from './rules.ts';

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
  /**
   * May they ask for it at all? Also `false` when no policy fits, or a group could never be filled and no open
   * break-glass of theirs would answer.
   */
  mayRequest(actor: Actor, environment: Environment, change: ChangeKind): Promise<Decision>;
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
  /** Whoever may approve may reject. @param reason as typed; without one nothing is rejected, but who is late hears so. */
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

export interface ApprovalDeps extends AnnouncerDeps, RuleSource {
  readonly store: ApprovalStore;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly breakGlass: Pick<BreakGlassService, 'answering' | 'used' | 'find'>;
}

export function createApprovalService(deps: ApprovalDeps): ApprovalService {
  const { store, clock } = deps;
  const announcer = createAnnouncer(deps);
  const vote = createVoting(deps, announcer);

  async function end(id: string, decide: (found: Approval) => Ruling): Promise<Approval | undefined> {
    return (await changeApproval(id, decide, { store, announcer }))?.approval;
  }

  return {
    policyFor: (environment, kind) => findPolicy(targetOf(environment, kind), deps.config().policies),
    async mayRequest(actor, environment, kind) {
      return (await decideAsking({ actor, environment, change: kind }, deps)).decision;
    },
    request: (question) => askForApproval(question, { ...deps, announcer }),
    find: async (id) => (await store.find(id))?.approval,
    openSeats(approval) {
      const rules = rulesOfNow(deps);
      const policy = approval.status === 'pending' ? findPolicy(approval, rules.policies) : undefined;
      return policy === undefined ? [] : openSeatsOf(approval, policy, rules);
    },
    approve: (click) => vote(click, (clicked) => ruleApprove(clicked, click.typed)),
    reject: (click, reason) => vote(click, (clicked) => ruleReject(clicked, reason)),
    withdraw: (id, by, reason) => end(id, (approval) => ruleWithdraw(approval, { by, reason, now: clock.now() })),
    expire: (id) => end(id, (approval) => ruleExpire(approval, clock.now())),
    void: (id, reason) => end(id, (approval) => ruleVoid(approval, { reason, now: clock.now() })),
    recheck: (id, payload) => recheck(id, payload, deps),
    async waitingFor(actor) {
      const pending = await store.pending();
      return pending.filter((approval) => couldApprove(toClicked(approval, actor, deps)));
    },
  };
}

type Vote = (click: Click, rule: (clicked: Clicked) => VoteRuling) => Promise<VoteOutcome>;

function createVoting(deps: ApprovalDeps, announcer: Announcer): Vote {
  const { store } = deps;
  return async (click, rule) => {
    const decide = (approval: Approval) => rule(toClicked(approval, click.actor, deps));
    const ruling = await changeApproval(click.id, decide, { store, announcer });
    const outcome = ruling?.outcome ?? { kind: 'unknown' };
    if (ruling?.write === undefined && (outcome.kind === 'late' || outcome.kind === 'repeated')) {
      await announcer.remind(outcome.approval);
    }
    return outcome;
  };
}

function toClicked(approval: Approval, actor: Actor, deps: ApprovalDeps): Clicked {
  const rules = rulesOfNow(deps);
  return { approval, actor: actorOfNow(toPerson(actor), rules), now: deps.clock.now(), rules };
}

function couldApprove(clicked: Clicked): boolean {
  return ['needs_typing', 'counted', 'decided'].includes(judgeApprove(clicked, undefined).kind);
}

async function recheck(id: string, payload: unknown, deps: ApprovalDeps): Promise<Decision> {
  const approval = (await deps.store.find(id))?.approval;
  if (approval === undefined) {
    return { allowed: false, reason: `There is no approval ${id}.` };
  }
  const { breakGlassId } = approval;
  const emergency = breakGlassId === undefined ? undefined : await deps.breakGlass.find(breakGlassId);
  return recheckApproval({ approval, digest: deps.digest(payload), emergency, rules: rulesOfNow(deps) });
}

function targetOf({ customer, name }: Environment, change: ChangeKind): ChangeTarget {
  return { customer, environment: name, change };
}
