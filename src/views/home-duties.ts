import type { KnownBlock } from '@slack/types';
import type { Approval } from '../services/approvals/approval.ts';
import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import { actions, button, context, section, withButton } from './blocks.ts';
import { BREAK_GLASS_REVIEW } from './break-glass-view.ts';
import { slackTime } from './format-numbers.ts';
import { decisionButtons, ROLLOUT_DETAILS } from './rollout-buttons.ts';
import { rolloutRef } from './rollout-state.ts';
import { personName, quoted, sentence } from './rollout-text.ts';

const SHOWN_APPROVALS = 12;
const SHOWN_REVIEWS = 8;
/** Blocks that both lists take at most, without their headings. */
export const DUTY_BLOCKS = SHOWN_APPROVALS * 2 + SHOWN_REVIEWS + 2;

/** A question with the rollout that waits for its answer. */
export interface WaitingApproval extends Approval {
  readonly rolloutId?: string | undefined;
}

/** What waits for this person's yes or no, oldest first. */
export function approvalBlocks(approvals: readonly WaitingApproval[]): readonly KnownBlock[] {
  if (approvals.length === 0) {
    return [section('Nothing is waiting for you.')];
  }
  const shown = approvals.slice(0, SHOWN_APPROVALS).flatMap(describeApproval);
  return [...shown, ...moreBlocks(approvals.length - SHOWN_APPROVALS)];
}

function describeApproval(approval: WaitingApproval): readonly KnownBlock[] {
  const { id, title, requester, expiresAt, rolloutId } = approval;
  const ref = sentence(rolloutRef(approval));
  const details = rolloutId === undefined ? undefined : button('Details', ROLLOUT_DETAILS, rolloutId);
  return [
    section(`✋ *${ref}* · ${sentence(title)}\nAsked by ${personName(requester)}, expires ${slackTime(expiresAt)}`),
    ...actions(...decisionButtons(id), details),
  ];
}

/** Uses of break-glass that nobody has looked at yet. */
export function reviewBlocks(opened: readonly BreakGlass[], now: Date): readonly KnownBlock[] {
  const shown = opened.slice(0, SHOWN_REVIEWS).map((one) => describeReview(one, now));
  return [...shown, ...moreBlocks(opened.length - SHOWN_REVIEWS)];
}

function describeReview(opened: BreakGlass, now: Date): KnownBlock {
  const due = opened.reviewDueAt < now ? '⚠️ overdue since' : 'due by';
  const who = `🚨 *${sentence(rolloutRef(opened))}* · ${personName(opened.person)}: ${quoted(opened.reason)}`;
  const block = section(`${who}\nReview ${due} ${slackTime(opened.reviewDueAt)}`);
  return withButton(block, button('Review', BREAK_GLASS_REVIEW, opened.id));
}

function moreBlocks(left: number): readonly KnownBlock[] {
  return left > 0 ? [context(`${left} more found no room here; they show when these are done.`)] : [];
}
