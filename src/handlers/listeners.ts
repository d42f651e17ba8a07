import type { App } from '@slack/bolt';
import type { InteractionService } from '../services/interactions/interaction-service.ts';
import type { Interaction } from '../services/interactions/ports.ts';
import { COMMAND } from './catalog.ts';
import type { Modal } from './modal-spec.ts';
import type { SubmissionPayload } from './submission.ts';
import { errorsToShow } from './submission-errors.ts';
import { toInteraction } from './to-interaction.ts';

type Body = Parameters<typeof toInteraction>[0];

/**
 * Registers the listeners. The interaction is in the store already (see `persistFirst`),
 * so each one only acknowledges and lets the work begin. What is wrong in a modal is said by the ack: it stays open.
 */
export function registerListeners(app: App, interactions: InteractionService, modals: readonly Modal[]): void {
  const handOver =
    (take: (interaction: Interaction) => void) =>
    (body: unknown): void => {
      const interaction = toInteraction(body as Body);
      if (interaction !== undefined) {
        take(interaction);
      }
    };
  const work = handOver(interactions.work);
  const giveBack = handOver(interactions.giveBack);
  app.command(COMMAND, async ({ ack, body }) => {
    await ack();
    work(body);
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    work(body);
  });
  app.view({ type: 'view_submission' }, async ({ ack, body }) => {
    const errors = errorsToShow(body as SubmissionPayload, modals);
    if (errors === undefined) {
      await ack();
      work(body);
    } else {
      await ack({ response_action: 'errors', errors });
      giveBack(body);
    }
  });
  app.view({ type: 'view_closed' }, async ({ ack }) => ack());
  app.event(/.*/, async ({ body }) => work(body));
}
