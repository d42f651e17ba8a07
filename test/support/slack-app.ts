import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions, LogLevel as WebLogLevel } from '@slack/web-api';
import type { SlackOptions, TransportOptions } from '../../sandbox/slack/options.ts';
import { type Slack, startSlack } from '../../sandbox/slack/start-slack.ts';

export const MODES = ['http', 'socket'] as const;

export const SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'im:read',
  'im:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'users:read',
];

export type TestSlackOptions = Partial<Omit<SlackOptions, 'transport' | 'port'>>;

/** A local Slack without Slack's short deadlines, which a busy machine would miss. */
export function startTestSlack(mode: TransportOptions['mode'], options: TestSlackOptions = {}): Promise<Slack> {
  const calm = { ackTimeoutMs: 30_000, triggerTtlMs: 30_000, scopes: SCOPES };
  return startSlack({ port: 0, transport: { mode }, ...calm, ...options });
}

export interface TestApp {
  readonly app: App;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  readonly mode: TransportOptions['mode'];
  /** The app signs with another secret than Slack. */
  readonly signingSecret?: string;
  /** Milliseconds until a lost socket is noticed, and before the app connects again. */
  readonly clientPingTimeout?: number;
}

/** The real Bolt, connected to a local Slack; `listen` adds the listeners. */
export async function startTestApp(
  slack: Slack,
  { mode, signingSecret = slack.tokens.signingSecret, clientPingTimeout = 5000 }: TestAppOptions,
  listen: (app: App) => void,
): Promise<TestApp> {
  const logLevel = LogLevel.ERROR;
  const clientOptions = webClientOptions(slack);
  const receiver =
    mode === 'http'
      ? new HTTPReceiver({ signingSecret, logLevel })
      : new SocketModeReceiver({
          appToken: slack.tokens.app,
          clientPingTimeout,
          logLevel,
          installerOptions: { clientOptions },
        });
  const app = new App({ token: slack.tokens.bot, receiver, clientOptions, logLevel, deferInitialization: true });
  listen(app);
  await app.init();
  const server = await app.start({ port: 0, host: '127.0.0.1' } as never);
  if (mode === 'http') {
    const { port } = (server as { address(): AddressInfo }).address();
    slack.setAppUrl(`http://127.0.0.1:${port}/slack/events`);
  }
  return {
    app,
    async stop() {
      // Listeners go on after their ack: let them end before their Slack is gone.
      await slack.settled(30);
      await app.stop();
    },
  };
}

/** The Web API without Bolt; 429 rejects at once. */
export function createTestClient(slack: Slack, token = slack.tokens.bot): WebClient {
  return new WebClient(token, { ...webClientOptions(slack), rejectRateLimitedCalls: true });
}

/** Few and quick retries: the default goes on for half an hour and keeps the process alive. */
function webClientOptions(slack: Slack): WebClientOptions {
  return {
    slackApiUrl: slack.apiUrl,
    logLevel: WebLogLevel.ERROR,
    retryConfig: { retries: 2, minTimeout: 10, factor: 1 },
  };
}
