import type { Message } from '../../domain/message.ts';

/** Where a message goes. What only one person sees is sent once and never edited. */
export type MessageAddress =
  | {
      readonly kind: 'channel';
      readonly channelId: string;
      readonly threadTs?: string | undefined;
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
