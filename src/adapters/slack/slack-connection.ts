import { App } from '@slack/bolt';
import type { SlackSettings } from '../../config/env.ts';
import type { Clock } from '../../domain/clock.ts';
import type { Logger } from '../../domain/logger.ts';
import { explainStartFailure, type StartStep } from './explain-start-failure.ts';
import { type PersistFirstOptions, persistFirst } from './persist-first.ts';
import { createReceiver } from './receiver.ts';
import { toSlackLogger } from './slack-logger.ts';

export interface SlackConnectionOptions extends Pick<PersistFirstOptions, 'accept'> {
  readonly slack: SlackSettings;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface SlackConnection {
  /** For listeners, before the start. */
  readonly app: App;
  /**
   * Begins to listen. While Slack cannot be reached it tries again, until `stop`.
   * @throws {SetupError} when Slack refuses a token, or the port cannot be used.
   */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export function createSlackConnection({ slack, accept, clock, logger }: SlackConnectionOptions): SlackConnection {
  const app = createBoltApp({ slack, accept, logger });
  const stopping = new AbortController();
  let isListening = false;

  async function persist(step: StartStep, attempt: () => Promise<unknown>): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        await attempt();
        return;
      } catch (error) {
        const explained = explainStartFailure(error, step);
        if (explained !== undefined) {
          throw explained;
        }
        logger.warn('Slack is not reached; trying again', { waitMs, error });
      }
      await clock.sleep(waitMs, stopping.signal);
    }
  }

  return {
    app,
    async start() {
      await persist('SLACK_BOT_TOKEN', () => app.init());
      await persist(slack.mode === 'socket' ? 'SLACK_APP_TOKEN' : 'PORT', async () => {
        isListening = true; // Already while it connects: that is stopped in the same way.
        await app.start().catch((error: unknown) => {
          isListening = false;
          throw error;
        });
      });
    },
    async stop() {
      stopping.abort();
      if (isListening) {
        await app.stop();
      }
    },
  };
}

type BoltOptions = Pick<SlackConnectionOptions, 'slack' | 'accept' | 'logger'>;

function createBoltApp({ slack, accept, logger }: BoltOptions): App {
  const slackLogger = toSlackLogger(logger);
  const app = new App({
    receiver: persistFirst(createReceiver(slack, slackLogger), { accept, logger }),
    token: slack.botToken.reveal(),
    clientOptions: { slackApiUrl: slack.apiUrl, timeout: 10_000, retryConfig: { retries: 2, minTimeout: 200 } },
    deferInitialization: true,
    convoStore: false,
    logger: slackLogger,
  });
  app.error(async (error) => logger.error('Listener failed', { error }));
  return app;
}
