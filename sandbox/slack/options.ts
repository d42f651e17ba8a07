import type { PageHandler } from './http/server.ts';
import type { PostLimit } from './web-api/post-limit.ts';

export interface SlackOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Loopback only. */
  readonly host?: '127.0.0.1' | 'localhost';
  readonly transport: TransportOptions;
  /** Bot scopes of the manifest. */
  readonly scopes: readonly string[];
  /** Events of the manifest (`bot_events`); all of DEFAULT_EVENTS when left out. */
  readonly events?: readonly string[];
  /** Slash commands of the manifest; `/msops` when left out. */
  readonly commands?: readonly string[];
  /** Slack's 3000; longer in tests that are not about it. */
  readonly ackTimeoutMs?: number;
  /** Slack's 3000; longer in tests that are not about it. */
  readonly triggerTtlMs?: number;
  /** `false` switches the posting limit off. */
  readonly postLimit?: PostLimit | false;
  /** Waits before an event that was not acked is sent again; Slack's: at once, 1 minute, 5 minutes. */
  readonly eventRetryDelaysMs?: readonly number[];
  /** Lets people of other companies run our commands in shared channels, which Slack does not. */
  readonly areCommandsShared?: boolean;
  readonly page?: PageHandler;
}

export type TransportOptions =
  | {
      readonly mode: 'http';
      /** The app's request URL; may come later by `setAppUrl`. */
      readonly url?: string;
      /** Random when left out. */
      readonly signingSecret?: string;
    }
  | { readonly mode: 'socket' };

export const SLACK_ACK_TIMEOUT_MS = 3000;
export const SLACK_TRIGGER_TTL_MS = 3000;
export const SLACK_POST_LIMIT: PostLimit = { burst: 5, perSecond: 1 };
export const SLACK_EVENT_RETRY_DELAYS_MS = [0, 60_000, 300_000] as const;

export const DEFAULT_EVENTS = [
  'app_home_opened',
  'app_mention',
  'channel_left',
  'channel_shared',
  'channel_unshared',
  'file_shared',
  'group_left',
  'member_left_channel',
  'message.im',
  'reaction_added',
  'reaction_removed',
  'user_change',
] as const;
