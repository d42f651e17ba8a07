import type { Logger } from '../../domain/logger.ts';
import type { Inbox, Interaction } from './ports.ts';

/** An interaction is begun at most this often; a crash in the middle of the last attempt ends it. */
const MAX_ATTEMPTS = 3;

export interface InteractionDeps {
  readonly inbox: Inbox;
  /** Does what the person asked for and answers them; called again with the same interaction after a crash. */
  readonly handle: (interaction: Interaction) => Promise<void>;
  readonly logger: Logger;
}

/** Written down, acknowledged, worked on: in this order, so that nothing that Slack handed over is lost or done twice. */
export interface InteractionService {
  /** Before the ack. Resolves `false` for a duplicate: acknowledge it and do nothing. @throws when the store is away. */
  accept(interaction: Interaction): Promise<boolean>;
  /** After the ack. Returns at once; the work goes on in the background. */
  work(interaction: Interaction): void;
  /** Works on what dead replicas accepted and did not finish. */
  resume(): Promise<void>;
  /** Resolves when all work of this replica has ended. */
  idle(): Promise<void>;
}

export function createInteractionService(deps: InteractionDeps): InteractionService {
  const { inbox, logger } = deps;
  const inFlight = new Set<Promise<void>>();

  function work(interaction: Interaction): void {
    const working = workOnce(interaction, deps)
      .catch((error: unknown) => logger.error('Interaction left unfinished', { interaction: interaction.id, error }))
      .finally(() => inFlight.delete(working));
    inFlight.add(working);
  }

  return {
    accept: (interaction) => inbox.accept(interaction),
    work,
    async resume() {
      for (const interaction of await inbox.takeOver()) {
        if (interaction.attempts >= MAX_ATTEMPTS) {
          logger.error('Interaction given up', { interaction: interaction.id, attempts: interaction.attempts });
          await inbox.finish(interaction.id, 'failed');
        } else {
          logger.warn('Interaction taken over', { interaction: interaction.id, attempts: interaction.attempts });
          work(interaction);
        }
      }
    },
    async idle() {
      while (inFlight.size > 0) {
        await Promise.allSettled(inFlight);
      }
    },
  };
}

async function workOnce(interaction: Interaction, { inbox, handle, logger }: InteractionDeps): Promise<void> {
  if (!(await inbox.begin(interaction.id))) {
    return;
  }
  try {
    await handle(interaction);
    await inbox.finish(interaction.id, 'done');
  } catch (error) {
    logger.error('Interaction failed', { interaction: interaction.id, error });
    await inbox.finish(interaction.id, 'failed');
  }
}
