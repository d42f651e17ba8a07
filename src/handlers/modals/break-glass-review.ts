import { NOTE_INPUT } from '../../views/break-glass-modal.ts';
import { BREAK_GLASS_REVIEW, breakGlassReviewedView } from '../../views/break-glass-view.ts';
import { publishHome } from '../events/home-opened.ts';
import { findBreakGlass } from '../find-break-glass.ts';
import type { Modal } from '../modal-spec.ts';
import { showBreakGlass } from '../tell-break-glass.ts';

/** Closes the review of a break-glass. */
export const breakGlassReview: Modal = {
  id: BREAK_GLASS_REVIEW,

  check: ({ values }) =>
    (values[NOTE_INPUT] ?? '').trim() === '' ? { [NOTE_INPUT]: 'Say what was done and whether it was right.' } : {},

  async run({ values, metadata: id }, context) {
    const { actor, userId, place, services, answer, deps } = context;
    await findBreakGlass(id, context);
    const closed = await services.breakGlass.closeReview({ id, actor, note: values[NOTE_INPUT] ?? '' });
    await showBreakGlass(closed, { services, outbox: deps.outbox });
    await answer.whisper(breakGlassReviewedView(closed));
    if (place.kind === 'home') {
      await publishHome(actor, userId, deps);
    }
  },
};
