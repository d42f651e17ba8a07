import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import { actions, button, context, section } from './blocks.ts';
import { BREAK_GLASS_REVIEW, breakGlassTimes } from './break-glass-view.ts';
import { rolloutRef } from './rollout-state.ts';
import { personName, quoted, sentence } from './rollout-text.ts';

const SHOWN = 10;

/** What was done without approval and nobody has looked at. @param open of one customer, oldest first. */
export function breakGlassReminderView(open: readonly BreakGlass[]): Message {
  const text = `🚨 ${count(open.length, 'break-glass review is open', 'break-glass reviews are open')}`;
  const blocks = [
    section(`*${text}*\nSomebody else than the person who used it has to look at what was done, and close it.`),
    ...open.slice(0, SHOWN).flatMap(reviewBlocks),
    ...(open.length > SHOWN ? [context(`${open.length - SHOWN} more found no room here.`)] : []),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function reviewBlocks(opened: BreakGlass): readonly KnownBlock[] {
  const who = `${sentence(rolloutRef(opened))}: ${personName(opened.person)}: ${quoted(opened.reason)}`;
  return [section(`${who}\n${breakGlassTimes(opened)}`), ...actions(button('Review', BREAK_GLASS_REVIEW, opened.id))];
}
