import type { Modal } from './modal-spec.ts';
import { readSubmission, type SubmissionPayload } from './submission.ts';

/**
 * What is wrong with which input, to be shown in the modal; `undefined` when it can be closed. Slack shows errors only
 * at inputs that the view has: what cannot be shown there is told by the work, which checks again.
 */
export function errorsToShow(payload: SubmissionPayload, modals: readonly Modal[]): Record<string, string> | undefined {
  const errors = Object.entries(check(payload, modals));
  const inputs = (payload.view.blocks ?? []).filter(({ type }) => type === 'input').map((block) => block.block_id);
  const isShowable = errors.length > 0 && errors.every(([blockId]) => inputs.includes(blockId));
  return isShowable ? Object.fromEntries(errors) : undefined;
}

/** A check that breaks must not keep Slack waiting: it breaks again in the work, where it is logged and told. */
function check(payload: SubmissionPayload, modals: readonly Modal[]): Readonly<Record<string, string>> {
  const modal = modals.find(({ id }) => id === payload.view.callback_id);
  try {
    const submission = readSubmission(payload);
    return modal === undefined || submission === undefined ? {} : modal.check(submission);
  } catch {
    return {};
  }
}
