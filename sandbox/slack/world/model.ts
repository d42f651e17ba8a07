/** Anything that came as JSON from the app: nothing is known of its fields until they are looked at. */
export type Json = Record<string, unknown>;

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export interface User {
  readonly id: string;
  readonly handle: string;
  readonly realName: string;
  readonly title: string;
  readonly teamId: string;
  readonly isBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly purpose: string;
  /** User ids, the bot's too. */
  readonly members: Set<string>;
  /** Ids of the other companies' teams (Slack Connect). */
  readonly sharedWith: Set<string>;
  /** Unix seconds. */
  readonly created: number;
}

export interface StoredMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  text: string;
  blocks: Json[];
  attachments: Json[];
  metadata?: Json | undefined;
  readonly subtype?: string | undefined;
  readonly threadTs?: string | undefined;
  /** Ephemeral: the only person who sees it. */
  readonly visibleTo?: string | undefined;
  editedTs?: string | undefined;
  readonly reactions: { readonly name: string; readonly users: string[] }[];
  readonly files: string[];
}

/** A modal or a Home tab. */
export interface StoredView {
  readonly id: string;
  readonly userId: string;
  /** As the app gave it, with block and action ids filled in. */
  definition: Json;
  hash: string;
  readonly rootViewId: string;
  readonly previousViewId?: string | undefined;
  /** What the person typed and chose; the key is `block_id/action_id`. */
  readonly values: FormValues;
  /** Shown under the fields after a refused submission; by block id. */
  errors: Record<string, string>;
  notice?: string | undefined;
}

export type FormValues = Map<string, Json>;

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  readonly userId: string;
  readonly created: number;
  content: Buffer | undefined;
  /** When Slack has found out its type, after the upload was completed; Unix milliseconds. */
  knownFrom?: number;
  /** Channels where it was shared; empty until the upload is completed. */
  readonly channels: string[];
}

export interface Trigger {
  readonly id: string;
  readonly userId: string;
  /** The modal it came from, when it did. */
  readonly viewId?: string | undefined;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  used: boolean;
}

/** What stands behind a response URL. */
export interface Hook {
  readonly id: string;
  readonly channel: string;
  readonly userId: string;
  readonly threadTs?: string | undefined;
  /** The message that `replace_original` and `delete_original` mean. */
  originalTs?: string | undefined;
  readonly expiresAt: number;
  usesLeft: number;
}

/** One Web API call or one use of a response URL (`method: 'response_url'`), in the order of arrival. */
export interface Call {
  readonly method: string;
  readonly args: Json;
  readonly at: number;
  /** HTTP status of the answer; 0 when the answer was lost on purpose. */
  readonly status: number;
  readonly ok: boolean;
  readonly error?: string | undefined;
}

export type DeliveryKind = 'slash_commands' | 'interactive' | 'events_api';

/** One attempt to hand something to the app. */
export interface Delivery {
  readonly id: string;
  readonly kind: DeliveryKind;
  /** The command, the event's type or the interaction's type. */
  readonly what: string;
  readonly payload: Json;
  /** Who caused it. */
  readonly userId?: string | undefined;
  readonly retryNum: number;
  readonly at: number;
  status: 'pending' | 'acked' | 'failed';
  error?: string | undefined;
  /** Until the ack or the failure. */
  ms?: number | undefined;
  ackBody?: unknown;
}

/** A failure to order. The first one that fits a call is used, `times` times. */
export interface Fault {
  /** A method's name, `response_url`, or `*`. */
  readonly method: string;
  readonly channel?: string | undefined;
  times: number;
  /** 429 is answered as Slack does; any other is a bare HTTP error. */
  readonly status?: number | undefined;
  /** Answers `{ok:false,error}`. */
  readonly error?: string | undefined;
  /** Seconds, with status 429. */
  readonly retryAfter?: number | undefined;
  /** Waits first. */
  readonly delayMs?: number | undefined;
  /** Does what was asked and then cuts the connection instead of answering. */
  readonly loseAnswer?: boolean | undefined;
}
