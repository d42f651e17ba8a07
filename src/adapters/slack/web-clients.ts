import { type Logger as SlackLogger, WebClient } from '@slack/web-api';
import type { Secret } from '../../domain/secret.ts';

export interface WebClientSettings {
  readonly botToken: Secret;
  readonly apiUrl: string;
  readonly logger: SlackLogger;
}

const MODAL_TIMEOUT_MS = 4_000;

/** One 429 pauses a whole client, so what a person waits for has a client of its own. */
export interface WebClients {
  /** Look-ups and the home tab: two quick retries. */
  readonly interactive: WebClient;
  /** A trigger is good for 3 s and once: no waiting, and no second try, which would hide that the first one worked. */
  readonly modals: WebClient;
  /** Behind the outbox, which does the waiting itself. */
  readonly outbox: WebClient;
}

/** The library's own policy would retry for half an hour and keep the process alive meanwhile. */
export function createWebClients({ botToken, apiUrl, logger }: WebClientSettings): WebClients {
  const shared = { slackApiUrl: apiUrl, timeout: 10_000, logger };
  return {
    interactive: new WebClient(botToken.reveal(), {
      ...shared,
      retryConfig: { retries: 2, minTimeout: 200, factor: 2 },
    }),
    modals: new WebClient(botToken.reveal(), {
      ...shared,
      timeout: MODAL_TIMEOUT_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
    outbox: new WebClient(botToken.reveal(), {
      ...shared,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
  };
}
