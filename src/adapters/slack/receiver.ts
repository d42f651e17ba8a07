import { HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger as SlackLogger } from '@slack/web-api';
import type { SlackSettings } from '../../config/env.ts';

/**
 * Socket Mode 3.1 closes a lost connection and waits this long before the next; nothing is heard in between.
 * The library's 5 s would be a gap of 5 to 12 s; with 1.5 s a bot that was busy for as long took itself for cut off.
 */
const PING_TIMEOUT_MS = 3_000;
/**
 * Of asking for a connection: the library waits for an answer without end, and its waits between two tries grow without
 * end; so would the gap after an outage of Slack.
 */
const ANSWER_TIMEOUT_MS = 10_000;
const RECONNECT = { retries: 1_000, factor: 1.3, maxTimeout: 30_000 };

/** The transport of the configuration. Both hand the same bodies to Bolt. */
export function createReceiver(slack: SlackSettings, logger: SlackLogger): Receiver {
  if (slack.mode === 'http') {
    return new HTTPReceiver({
      signingSecret: slack.signingSecret.reveal(),
      endpoints: ['/slack/events'],
      port: slack.port,
      logger,
    });
  }
  return new SocketModeReceiver({
    appToken: slack.appToken.reveal(),
    clientPingTimeout: PING_TIMEOUT_MS,
    installerOptions: {
      clientOptions: { slackApiUrl: slack.apiUrl, timeout: ANSWER_TIMEOUT_MS, retryConfig: RECONNECT },
    },
    logger,
  });
}
