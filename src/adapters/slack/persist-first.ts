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
  replace_original: false,
  text: ':x: I cannot write down your request: my store does not answer. Nothing was done; please try again in a minute.',
};
const TELL_TIMEOUT_MS = 5_000;

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
          await refuse(event, logger);
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

/**
 * A command and a click are answered; an event is left unacknowledged, so that Slack brings it again, and so is a
 * submission: then its modal stays open and says that it may be sent again.
 */
async function refuse({ body, ack }: ReceiverEvent, logger: Logger): Promise<void> {
  if (body.command !== undefined) {
    await ack(STORE_AWAY);
  } else if (body.type === 'block_actions') {
    await ack();
    await tell(body.response_url).catch((error: unknown) => logger.warn('Refusal not told', { error }));
  }
}

/** The outbox is in the store too, so this goes out directly. The home tab has no response URL. */
async function tell(responseUrl: unknown): Promise<void> {
  if (typeof responseUrl === 'string') {
    const response = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(STORE_AWAY),
      signal: AbortSignal.timeout(TELL_TIMEOUT_MS),
    });
    await response.body?.cancel(); // Left unread it would hold the connection.
  }
}
