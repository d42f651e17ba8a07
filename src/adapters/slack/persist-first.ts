import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Logger } from '../../domain/logger.ts';

export type Intake = 'new' | 'duplicate';

export interface PersistFirstOptions {
  /** Writes the body down. @throws when the store is away. */
  readonly accept: (body: ReceiverEvent['body']) => Promise<Intake>;
  readonly logger: Logger;
}

const STORE_AWAY = {
  response_type: 'ephemeral',
  text: ':x: I cannot write down your request: my store does not answer. Nothing was done; please try again in a minute.',
};

/**
 * Puts the store before Bolt. Bolt acknowledges events before any listener runs, and a crash after that would lose
 * them; so what Slack hands over is written down here, for every transport and every kind.
 */
export function persistFirst(receiver: Receiver, { accept, logger }: PersistFirstOptions): Receiver {
  return {
    init(app: App) {
      const processEvent = async (event: ReceiverEvent): Promise<void> => {
        let intake: Intake;
        try {
          intake = await accept(event.body);
        } catch (error) {
          logger.error('Interaction refused: the store is away', { error });
          await refuse(event);
          return;
        }
        await (intake === 'new' ? app.processEvent(event) : event.ack());
      };
      receiver.init({ processEvent } as App);
    },
    start: (...args: unknown[]) => receiver.start(...args),
    stop: (...args: unknown[]) => receiver.stop(...args),
  };
}

/** A command is answered; an event is left unacknowledged, so that Slack brings it again. */
async function refuse(event: ReceiverEvent): Promise<void> {
  if (event.body.command !== undefined) {
    await event.ack(STORE_AWAY);
  } else if (event.body.type === 'block_actions') {
    await event.ack();
  }
}
