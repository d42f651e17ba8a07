import { type Actor, isSamePerson, toPerson } from '../../domain/actor.ts';
import type { ApprovalPolicy } from '../../domain/approval-policy.ts';
import { checkPermission } from '../../domain/permission.ts';
import type { Approval, OpenSeats } from './approval.ts';
import { actorOfNow, fitsGroup, isSameHuman, othersThan } from './approvers.ts';
import { policyToDecideBy, refOf } from './find-policy.ts';
import type { Rules } from './rules.ts';
import { countSeats, describeSeats, openSeats } from './seats.ts';

/** A click, and everything that it is judged by. */
export interface Clicked {
  readonly approval: Approval;
  /** With the grants of now. */
  readonly actor: Actor;
  readonly now: Date;
  readonly rules: Rules;
}

type Refused = { readonly kind: 'refused'; readonly reason: string };

/** `overdue`: its time is over, and nobody has written that down yet. */
type Standing = { readonly kind: 'late' | 'overdue' } | Refused;

export type Judgement =
  | Standing
  | { readonly kind: 'repeated'; readonly open: readonly OpenSeats[] }
  | { readonly kind: 'needs_typing'; readonly phrase: string }
  | { readonly kind: 'counted'; readonly open: readonly OpenSeats[] }
  | { readonly kind: 'decided' };

/** @param typed what they typed, when they were asked to. */
export function judgeApprove(clicked: Clicked, typed: string | undefined): Judgement {
  const { approval, actor, rules } = clicked;
  const standing = judgeStanding(clicked);
  if ('kind' in standing) {
    return standing;
  }
  const before = openSeatsOf(approval, standing, rules);
  const after = openSeatsOf(withVote(approval, actor, clicked.now), standing, rules);
  if (before.length > 0 && countSeats(after) >= countSeats(before)) {
    return hasVoted(approval, actor)
      ? { kind: 'repeated', open: before }
      : refused(`The seats that you could take are taken. It still needs ${describeSeats(before)}.`);
  }
  return judgeTyping({ phrase: refOf(approval), policy: standing, typed }) ?? judgeSeats(after);
}

/** Whoever fits a group may say no, also when its seats are taken. `undefined`: it is rejected. */
export function judgeReject(clicked: Clicked, reason: string): Standing | undefined {
  const standing = judgeStanding(clicked);
  if ('kind' in standing) {
    return standing;
  }
  return reason.trim() === '' ? refused('Say why, so that the requester knows what to change.') : undefined;
}

export function isOverdue({ status, expiresAt }: Approval, now: Date): boolean {
  return status === 'pending' && now.getTime() >= expiresAt.getTime();
}

/** A new vote takes the place of an earlier one of the same human being. */
export function withVote(approval: Approval, actor: Actor, at: Date): Approval {
  const person = toPerson(actor);
  const others = approval.votes.filter((vote) => !isSamePerson(vote.person, person));
  return { ...approval, votes: [...others, { person, at }] };
}

function hasVoted({ votes }: Approval, actor: Actor): boolean {
  return votes.some(({ person }) => isSamePerson(person, toPerson(actor)));
}

/** What is open when only those count who may still approve. All that the policy wants when nobody may. */
export function openSeatsOf(approval: Approval, policy: ApprovalPolicy, rules: Rules): readonly OpenSeats[] {
  const voters = approval.votes.map(({ person }) => actorOfNow(person, rules));
  const membership = { customer: approval.customer, rules };
  return openSeats({
    groups: policy.groups,
    people: othersThan(actorOfNow(approval.requester, rules), voters),
    fits: (human, group) => human.some((account) => fitsGroup(account, group, membership)),
  });
}

/** The policy by which they may decide, or why they may not. */
function judgeStanding({ approval, actor, now, rules }: Clicked): Standing | ApprovalPolicy {
  const { customer } = approval;
  // First of all: others hear nothing of a customer's changes, not even how they ended.
  const permitted = checkPermission({ actor, permission: 'change.approve', customer }, rules.roles);
  if (!permitted.allowed) {
    return refused(permitted.reason);
  }
  if (approval.status !== 'pending') {
    return { kind: 'late' };
  }
  return isOverdue(approval, now) ? { kind: 'overdue' } : judgeApprover(approval, actor, rules);
}

function judgeApprover(approval: Approval, actor: Actor, rules: Rules): Refused | ApprovalPolicy {
  const { customer } = approval;
  if (isSameHuman(actor, actorOfNow(approval.requester, rules))) {
    return refused('You asked for this change, so somebody else has to decide on it.');
  }
  const found = policyToDecideBy(approval, rules.policies);
  if ('gap' in found) {
    return refused(found.gap);
  }
  const { policy } = found;
  if (policy.groups.some((group) => fitsGroup(actor, group, { customer, rules }))) {
    return policy;
  }
  return refused(`This is for ${describeSeats(policy.groups)} to decide, and you are none of them.`);
}

interface Typing {
  readonly phrase: string;
  readonly policy: ApprovalPolicy;
  readonly typed: string | undefined;
}

function judgeTyping({ phrase, policy, typed }: Typing): Judgement | undefined {
  if (!policy.confirmByTyping || typed?.trim().toLowerCase() === phrase.toLowerCase()) {
    return undefined;
  }
  return typed === undefined
    ? { kind: 'needs_typing', phrase }
    : refused(`That is not \`${phrase}\`, so nothing was approved. Press Approve again and type it as it stands here.`);
}

function judgeSeats(open: readonly OpenSeats[]): Judgement {
  return open.length === 0 ? { kind: 'decided' } : { kind: 'counted', open };
}

function refused(reason: string): Refused {
  return { kind: 'refused', reason };
}
