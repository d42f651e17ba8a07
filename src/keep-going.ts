import type { Outside } from './outside.ts';
import type { InteractionService } from './services/interactions/interaction-service.ts';

const OUTBOX_POLL_MS = 1_000;
const OUTBOX_BUSY_POLL_MS = 200;

/** What is due without anybody asking: retries, paced posts, and what the store was not there for. */
export function keepGoing(
  { outbox, clock, logger }: Outside,
  interactions: InteractionService,
): { start(): void; stop(): Promise<void> } {
  const stopped = new AbortController();
  let loop: Promise<void> | undefined;

  async function dispatch(): Promise<number> {
    await interactions.settle();
    return outbox.dispatch();
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      const pending = await dispatch().catch((error: unknown) => {
        logger.error('Outbox dispatch failed', { error });
        return 0;
      });
      await clock.sleep(pending > 0 ? OUTBOX_BUSY_POLL_MS : OUTBOX_POLL_MS, stopped.signal);
    }
    while ((await outbox.dispatch()) > 0) {
      await clock.sleep(OUTBOX_BUSY_POLL_MS);
    }
  }

  return {
    start() {
      loop = run();
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
