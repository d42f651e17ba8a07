import type { ModalView } from '@slack/types';
import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import { section } from './blocks.ts';
import { BREAK_GLASS_REVIEW, breakGlassTimes } from './break-glass-view.ts';
import { rolloutRef } from './rollout-state.ts';
import { personName, quoted, sentence } from './rollout-text.ts';

/** Block id of the input. */
export const NOTE_INPUT = 'note';

const LONGEST_NOTE = 1_000;

/** Its callback id is that of the button, its metadata the id of the break-glass. */
export function breakGlassModal(opened: BreakGlass): ModalView {
  const { id, person, reason } = opened;
  return {
    type: 'modal',
    callback_id: BREAK_GLASS_REVIEW,
    private_metadata: id,
    title: { type: 'plain_text', text: 'Review' },
    submit: { type: 'plain_text', text: 'Close the review' },
    close: { type: 'plain_text', text: 'Not now' },
    blocks: [
      section(`*${sentence(rolloutRef(opened))}* · ${personName(person)}: ${quoted(reason)}`),
      section(breakGlassTimes(opened)),
      {
        type: 'input',
        block_id: NOTE_INPUT,
        label: { type: 'plain_text', text: 'Was it right, and what follows from it?' },
        hint: { type: 'plain_text', text: 'Stands in the channel and in the audit log.' },
        element: { type: 'plain_text_input', action_id: NOTE_INPUT, multiline: true, max_length: LONGEST_NOTE },
      },
    ],
  };
}
