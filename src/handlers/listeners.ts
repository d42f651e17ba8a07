import type { App } from '@slack/bolt';
import type { InteractionService } from '../services/interactions/interaction-service.ts';
import { COMMAND } from './catalog.ts';
import { toInteraction } from './to-interaction.ts';

type Body = Parameters<typeof toInteraction>[0];

/**
 * Registers the listeners. The interaction is in the store already (see `persistFirst`),
 * so each one only acknowledges and lets the work begin.
 */
export function registerListeners(app: App, interactions: InteractionService): void {
  const work = (body: unknown): void => {
    const interaction = toInteraction(body as Body);
    if (interaction !== undefined) {
      interactions.work(interaction);
    }
  };
  app.command(COMMAND, async ({ ack, body }) => {
    await ack();
    work(body);
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    work(body);
  });
  app.event(/.*/, async ({ body }) => work(body));
}
