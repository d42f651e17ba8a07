import type { InteractionResult } from '../domain/bot-metrics.ts';
import { UserError } from '../domain/errors.ts';
import { askerOfSubmission } from './asker-of-submission.ts';
import { audited } from './audited.ts';
import type { HandlerDeps } from './deps.ts';
import type { Modal } from './modal-spec.ts';
import { outdatedForm } from './outdated-form.ts';
import { readSubmission, type SubmissionPayload } from './submission.ts';

/** The one way to the work of a modal that was sent. The modal is closed by then, so what is wrong is whispered. */
export function createSubmissionRunner(modals: readonly Modal[], deps: HandlerDeps) {
  return async function runSubmission(payload: SubmissionPayload, requestId: string): Promise<InteractionResult> {
    const asker = askerOfSubmission(payload);
    const { services, clock } = deps;
    return audited(
      {
        asker,
        requestId,
        async run({ actor, answer, touch }) {
          const modal = modals.find(({ id }) => id === payload.view.callback_id);
          const submission = readSubmission(payload);
          if (modal === undefined || submission === undefined) {
            throw outdatedForm();
          }
          touch({ action: modal.id });
          refuseErrors(modal.check(submission));
          const { place, userId } = asker;
          await modal.run(submission, { actor, place, services, answer, clock, touch, userId, deps });
        },
      },
      deps,
    );
  };
}

/** Was checked before the modal was closed; after a crash nobody may have. */
function refuseErrors(errors: Readonly<Record<string, string>>): void {
  const sentences = Object.values(errors);
  if (sentences.length > 0) {
    throw new UserError(sentences.join(' '), { hint: 'Nothing was done: please open the form again.' });
  }
}
