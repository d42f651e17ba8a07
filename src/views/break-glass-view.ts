import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import { actions, button, section } from './blocks.ts';
import { slackTime } from './format-numbers.ts';
import { rolloutRef } from './rollout-state.ts';
import { personName, quoted, sentence } from './rollout-text.ts';
import { said } from './said.ts';

/** Action id; its value is the id of the break-glass. */
export const BREAK_GLASS_REVIEW = 'break_glass.review';

/** @param audience `reviewers`: those who may close the review, which they are asked for. */
export function breakGlassView(opened: BreakGlass, audience: 'reviewers' | 'everybody'): Message {
  const { review, person, reason } = opened;
  const ref = sentence(rolloutRef(opened));
  const text = `🚨 BREAK-GLASS in ${ref}: ${personName(person)} works without approval: ${quoted(reason)}`;
  const blocks = [
    section(`🚨 *BREAK-GLASS* in *${ref}*\n${personName(person)} works there without approval: ${quoted(reason)}`),
    section(
      review === undefined ? `*Until* ${slackTime(opened.until)}. ${reviewInWords(opened)}` : breakGlassTimes(opened),
    ),
    ...(review === undefined && audience === 'reviewers'
      ? actions(button('Review', BREAK_GLASS_REVIEW, opened.id))
      : []),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

/** Until when, what it was used for, and how its review stands. */
export function breakGlassTimes(opened: BreakGlass): string {
  const { until, approvals } = opened;
  const used =
    approvals.length > 0 ? `Used for ${count(approvals.length, 'change')}.` : 'Not used for a change so far.';
  return `*Until* ${slackTime(until)}. ${used}\n${reviewInWords(opened)}`;
}

function reviewInWords({ review, reviewDueAt }: BreakGlass): string {
  return review === undefined
    ? `Somebody else reviews it by ${slackTime(reviewDueAt)}.`
    : `✅ Reviewed by ${personName(review.by)}, ${slackTime(review.at)}: ${quoted(review.note)}`;
}

/** For the one who opened it. */
export function breakGlassOpenedView(opened: BreakGlass, told: number): Message {
  const text = `🚨 Until ${slackTime(opened.until)} your changes in ${sentence(rolloutRef(opened))} start without approval. ${count(told, 'person', 'people')} and the channels of the customer were told. Somebody else has to review it by ${slackTime(opened.reviewDueAt)}.`;
  return said(text);
}

/** For the one who closed the review. */
export function breakGlassReviewedView(closed: BreakGlass): Message {
  const text = `✅ The review of the break-glass in ${sentence(rolloutRef(closed))} is closed, and its channels show it.`;
  return said(text);
}
