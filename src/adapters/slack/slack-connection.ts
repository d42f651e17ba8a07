import { App } from '@slack/bolt';
import type { SlackSettings } from '../../config/env.ts';
import { SetupError } from '../../domain/errors.ts';
import type { Logger } from '../../domain/logger.ts';
import { type PersistFirstOptions, persistFirst } from './persist-first.ts';
import { createReceiver } from './receiver.ts';
import { toSlackLogger } from './slack-logger.ts';

export interface SlackConnectionOptions extends Pick<PersistFirstOptions, 'accept'> {
  readonly slack: SlackSettings;
  readonly logger: Logger;
}

/**
 * Bolt's app, checked but not listening yet; `start()` begins to listen.
 * @throws {SetupError} when Slack refuses the tokens or cannot be reached.
 */
export async function createSlackApp({ slack, accept, logger }: SlackConnectionOptions): Promise<App> {
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
  try {
    await app.init();
  } catch (error) {
    throw new SetupError(`Slack did not accept the bot: ${(error as Error).message}. Check SLACK_BOT_TOKEN.`, {
      cause: error,
    });
  }
  return app;
}
