import { UserError } from '../../domain/errors.ts';
import { breakGlassModal } from '../../views/break-glass-modal.ts';
import { BREAK_GLASS_REVIEW } from '../../views/break-glass-view.ts';
import type { Action } from '../action-spec.ts';
import { findBreakGlass } from '../find-break-glass.ts';

/** Opens the form for the note that closes a review. */
export const reviewBreakGlass: Action = {
  id: BREAK_GLASS_REVIEW,

  async run(id, context) {
    const opened = await findBreakGlass(id, context);
    if (opened.review !== undefined) {
      throw new UserError(`${opened.review.by.name} has closed this review already.`);
    }
    await context.openModal(breakGlassModal(opened));
  },
};
