import type { Message } from '../../domain/message.ts';

/** Where a message goes. What only one person sees is sent once and never edited. */
export type MessageAddress =
  | {
      readonly kind: 'channel';
      readonly channelId: string;
      readonly threadTs?: string | undefined;
      /** Key of another message in that channel: into its thread, once it is there. Put that one first. */
      readonly threadOf?: string | undefined;
      /** Used when the bot may not post in the channel, so that the person is told at least. */
      readonly fallbackResponseUrl?: string | undefined;
    }
  /** The direct message between the bot and this person. */
  | { readonly kind: 'direct'; readonly userId: string }
  | { readonly kind: 'response_url'; readonly responseUrl: string }
  | {
      readonly kind: 'ephemeral';
      readonly channelId: string;
      readonly userId: string;
      readonly threadTs?: string | undefined;
    };

export interface OutgoingMessage {
  /** What the message is about, e.g. `status:<interaction id>`. The same key later means: edit that message. */
  readonly key: string;
  readonly to: MessageAddress;
  readonly message: Message;
}

/** The only way to write to Slack, but for acks, modals and the home tab. Saved first, sent by a dispatcher. */
export interface Outbox {
  /**
   * Says what the message with this key shall show from now on. Resolves when saved.
   * Versions between two sends are skipped; an older one never overwrites a newer one.
   */
  put(outgoing: OutgoingMessage): Promise<void>;
}

/** Where messages of the outbox can be looked at. */
export interface MessageLinks {
  /** The address of the message with this key, for people to open; `undefined` while it is not there, or Slack does not say. */
  linkTo(key: string): Promise<string | undefined>;
}

/**
 * Whether Slack shows of a message what it shall. `under_way`: the newest version is not there yet, but an older one was
 * taken seconds ago. `failed`: it was given up.
 */
export interface MessageState {
  readonly kind: 'confirmed' | 'under_way' | 'waiting' | 'failed';
  /** By Slack's clock; missing until the first send. */
  readonly postedAt?: Date | undefined;
}

export interface MessageStates {
  /** By key; one that was never put, or is removed again, is missing. */
  statesOf(keys: readonly string[]): Promise<ReadonlyMap<string, MessageState>>;
}

/** A message that does not show in Slack yet what it shall. */
export interface OutboxRow extends OutgoingMessage {
  /** With `threadTs` where it said `threadOf`. */
  readonly to: MessageAddress;
  /** Why it can never be posted where it belongs; missing when it can. */
  readonly lost?: string | undefined;
  /** What is paced together: the channel, or the message itself where Slack sets no pace. */
  readonly lane: string;
  readonly version: number;
  /** Where it was posted; missing until the first send. */
  readonly posted?: PostedMessage | undefined;
  /** Sends of this version so far, this one included. */
  readonly attempts: number;
}

export interface PostedMessage {
  readonly channelId: string;
  readonly ts: string;
}

/** What became of one send. */
export type Settlement =
  | { readonly kind: 'sent'; readonly posted?: PostedMessage | undefined; readonly nextEditInMs: number }
  | { readonly kind: 'retry'; readonly inMs: number; readonly pauseLane: boolean; readonly error: string }
  | { readonly kind: 'failed'; readonly error: string };

/** The rows behind the outbox. All times are the database's, so replicas agree. */
export interface OutboxRows {
  put(outgoing: OutgoingMessage): Promise<void>;
  /**
   * Claims up to `limit` rows for 30 s: every edit that is due, and of the first posts the oldest of each lane.
   * What belongs into the thread of another message is not due, and in nobody's way, until that one is posted.
   * `pending` counts what is left unsent, due or not.
   */
  claimDue(limit: number): Promise<{ readonly rows: readonly OutboxRow[]; readonly pending: number }>;
  /** Takes the lane's next posting slot; `false` when another replica was faster. */
  takePostingSlot(lane: string, spacingMs: number): Promise<boolean>;
  settle(row: OutboxRow, settlement: Settlement): Promise<void>;
  /** Where the message with this key was posted; `undefined` while it was not, and for what only one person sees. */
  whereIs(key: string): Promise<PostedMessage | undefined>;
}

export type DeliveryFailureKind = 'rate_limited' | 'temporary' | 'not_allowed_there' | 'blocks_refused' | 'permanent';

interface DeliveryFailureOptions extends ErrorOptions {
  /** In Slack's words, or ours for what it did not say. */
  readonly code: string;
  readonly retryAfterMs?: number | undefined;
  readonly isSlackAway?: boolean | undefined;
}

/** Slack did not take a message. */
export class DeliveryFailure extends Error {
  override name = 'DeliveryFailure';
  readonly kind: DeliveryFailureKind;
  /** Only with `rate_limited`. */
  readonly retryAfterMs: number | undefined;
  /** Slack as a whole did not answer, or was in trouble: it is not about this message. */
  readonly isSlackAway: boolean;

  constructor(kind: DeliveryFailureKind, options: DeliveryFailureOptions) {
    super(`Slack: ${options.code}`, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.isSlackAway = options.isSlackAway ?? false;
  }
}

/** Writes to Slack, one call each, without retrying. @throws {DeliveryFailure} */
export interface MessagePoster {
  post(to: MessageAddress, message: Message): Promise<PostedMessage | undefined>;
  edit(posted: PostedMessage, message: Message): Promise<void>;
  /** The address of a message, for people to open. @throws {DeliveryFailure} also when it is gone. */
  permalink(posted: PostedMessage): Promise<string>;
}
