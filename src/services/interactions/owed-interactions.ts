import type { Logger } from '../../domain/logger.ts';
import type { Inbox, Interaction } from './ports.ts';

/** What the store was not there for, to be put right when it is back. Lost with the process: then others take over. */
export interface OwedInteractions {
  /** Nobody knows whether it was written down; the person was told that nothing was done, so nothing may be. */
  refused(interaction: Interaction): void;
  /** The person was told what is wrong with it and may send it again: it must not stay accepted. */
  givenBack(interaction: Interaction): void;
  /** Whether it was written down or finished is unknown; what was is worked on, from the beginning. */
  unfinished(interaction: Interaction): void;
  /** Settles all; what cannot be yet stays owed. */
  settle(): Promise<void>;
}

export interface OwedInteractionsDeps {
  readonly inbox: Pick<Inbox, 'begin' | 'finish' | 'forget' | 'release'>;
  readonly logger: Logger;
  work(interaction: Interaction): void;
}

export function createOwedInteractions({ inbox, logger, work }: OwedInteractionsDeps): OwedInteractions {
  const owed = new Map<string, () => Promise<void>>();

  return {
    refused({ id }) {
      owed.set(id, async () => {
        if (await inbox.begin(id)) {
          await inbox.finish(id, 'failed');
        }
      });
    },
    givenBack({ id }) {
      owed.set(id, () => inbox.forget(id));
    },
    unfinished(interaction) {
      owed.set(interaction.id, async () => {
        await inbox.release(interaction.id);
        logger.warn('Interaction begun again', { interaction: interaction.id });
        work(interaction);
      });
    },
    async settle() {
      for (const [id, putRight] of [...owed]) {
        owed.delete(id);
        await putRight().catch((error: unknown) => {
          owed.set(id, putRight);
          throw error;
        });
      }
    },
  };
}
