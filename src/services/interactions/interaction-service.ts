import type { Clock } from '../../domain/clock.ts';
import type { Logger } from '../../domain/logger.ts';
import { createOwedInteractions } from './owed-interactions.ts';
import type { Inbox, Interaction } from './ports.ts';

/** An interaction is begun at most this often; a crash in the middle of the last attempt ends it. */
const MAX_ATTEMPTS = 3;
/** Slack tells the person after three seconds that we did not answer; by then we have told better. */
const ACCEPT_WITHIN_MS = 2_000;

export interface InteractionDeps {
  readonly inbox: Inbox;
  /** Does what the person asked for and answers them; called again with the same interaction after a crash. */
  readonly handle: (interaction: Interaction) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Written down, acknowledged, worked on: in this order, so that nothing that Slack handed over is lost or done twice. */
export interface InteractionService {
  /**
   * Before the ack. Resolves `false` for a duplicate: acknowledge it and do nothing.
   * @throws when the store is away or slow. Nothing is done then, but for events: Slack brings those again.
   */
  accept(interaction: Interaction): Promise<boolean>;
  /** After the ack. Returns at once; the work goes on in the background. */
  work(interaction: Interaction): void;
  /**
   * Instead of `work`, when the ack said what is wrong with it: the person may send the same again, which is then no
   * duplicate. Returns at once.
   */
  giveBack(interaction: Interaction): void;
  /** Works on what dead replicas accepted and did not finish. */
  resume(): Promise<void>;
  /** Puts right what the store was not there for. Rejects while it still is not. */
  settle(): Promise<void>;
  /** Resolves when all work of this replica has ended. */
  idle(): Promise<void>;
}

export function createInteractionService(deps: InteractionDeps): InteractionService {
  const { inbox, clock, logger } = deps;
  const inFlight = new Set<Promise<void>>();
  const owed = createOwedInteractions({ inbox, logger, work });

  function keep(underWay: Promise<void>): void {
    const kept = underWay.finally(() => inFlight.delete(kept));
    inFlight.add(kept);
  }

  function work(interaction: Interaction): void {
    const working = workOnce(interaction, deps).catch((error: unknown) => {
      logger.error('Interaction left unfinished', { interaction: interaction.id, error });
      owed.unfinished(interaction);
    });
    keep(working);
  }

  function giveBack(interaction: Interaction): void {
    const forgetting = inbox.forget(interaction.id).catch((error: unknown) => {
      logger.warn('Interaction not given back yet', { interaction: interaction.id, error });
      owed.givenBack(interaction);
    });
    keep(forgetting);
  }

  return {
    async accept(interaction) {
      const saving = inbox.accept(interaction);
      if (interaction.kind === 'event') {
        return saving.catch((error: unknown) => {
          owed.unfinished(interaction);
          throw error;
        });
      }
      return inTime(saving, clock).catch((error: unknown) => {
        // Settled only once the write has ended: before that there is nothing to see.
        saving.then(
          (isNew) => isNew && owed.refused(interaction),
          () => owed.refused(interaction),
        );
        throw error;
      });
    },
    work,
    giveBack,
    settle: owed.settle,
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

async function inTime(saving: Promise<boolean>, clock: Clock): Promise<boolean> {
  const saved = new AbortController();
  const tooLate = clock.sleep(ACCEPT_WITHIN_MS, saved.signal).then(() => {
    throw new Error(`The store did not answer within ${ACCEPT_WITHIN_MS / 1_000} s.`);
  });
  return Promise.race([saving, tooLate]).finally(() => saved.abort());
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
