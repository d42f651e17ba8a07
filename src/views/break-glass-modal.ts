import type { ModalView } from '@slack/types';
import type { BreakGlass } from '../services/approvals/break-glass-service.ts';
import { section } from './blocks.ts';
import { BREAK_GLASS_REVIEW, breakGlassTimes } from './break-glass-view.ts';
import { modal, textInput } from './modal.ts';
import { rolloutRef } from './rollout-state.ts';
import { personName, quoted, sentence } from './rollout-text.ts';

/** Block id of the input. */
export const NOTE_INPUT = 'note';

const LONGEST_NOTE = 1_000;

/** Its callback id is that of the button, its metadata the id of the break-glass. */
export function breakGlassModal(opened: BreakGlass): ModalView {
  const { id, person, reason } = opened;
  return modal({
    title: 'Review',
    form: { callbackId: BREAK_GLASS_REVIEW, metadata: id, submit: 'Close the review' },
    blocks: [
      section(`*${sentence(rolloutRef(opened))}* · ${personName(person)}: ${quoted(reason)}`),
      section(breakGlassTimes(opened)),
      textInput({
        id: NOTE_INPUT,
        label: 'Was it right, and what follows from it?',
        hint: 'Stands in the channel and in the audit log.',
        longest: LONGEST_NOTE,
        multiline: true,
      }),
    ],
  });
}
