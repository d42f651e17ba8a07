import type { Message } from '../../domain/message.ts';
import type { Delivery, DeliveryContent, SentResult, UnsentResult } from './delivery.ts';
import type { Deliveries, DeliveryRecord } from './ports.ts';

/** The rows behind deliveries. All times are the database's, so replicas agree. */
export interface DeliveryRows extends Deliveries {
  /** Claims up to `limit` rows that are due, for 90 s: of two replicas one gets each. The oldest first. */
  claimDue(limit: number): Promise<readonly DueRow[]>;
  /** Once it is sent, refused or not needed it stays so. */
  settle(key: string, settlement: DeliverySettlement): Promise<void>;
  /** By key; one that was never put is missing. */
  statesOf(keys: readonly string[]): Promise<ReadonlyMap<string, DeliveryRecord['state']>>;
}

export type DueRow =
  | { readonly kind: 'delivery'; readonly record: DeliveryRecord; readonly now: Date }
  | { readonly kind: 'watch'; readonly watch: SlackWatch; readonly putAt: Date; readonly now: Date };

export type DeliverySettlement =
  | { readonly kind: 'sent'; readonly result: SentResult }
  /** Given up: refused for good, or too late by now. */
  | { readonly kind: 'refused'; readonly result: UnsentResult }
  | { readonly kind: 'not_needed' }
  /** Stays waiting. Without a result nothing was tried. */
  | { readonly kind: 'again'; readonly inMs: number; readonly result?: UnsentResult | undefined };

/** Messages about an alert, to be looked at until Slack has them: so that a gap is told. */
export interface SlackWatch {
  /** The same key later is the same watch. */
  readonly key: string;
  readonly incident: string;
  readonly customer: string;
  readonly environment: string;
  readonly messages: readonly WatchedMessage[];
}

export interface WatchedMessage {
  readonly key: string;
  readonly channelId: string;
  /** Key of the message in whose thread the gap is told. */
  readonly threadOf: string;
}

export interface SlackWatches {
  /** Once for each key. */
  watch(watch: SlackWatch): Promise<void>;
}

/** How deliveries and their troubles are put into words; made by `views/`. */
export interface DeliveryWords {
  /** For the thread of an alert in an ops channel. Later ones of the same delivery take its place. */
  trouble(facts: DeliveryTroubleFacts): Message;
  passedOver(facts: PassedOverFacts): Message;
  /** Slack was late. */
  gap(facts: GapFacts): Message;
  /** The same content, which says in its first lines how late it is. */
  late(content: DeliveryContent, lateness: Lateness): DeliveryContent;
}

export interface DeliveryTroubleFacts {
  readonly delivery: Delivery;
  readonly customerName: string;
  readonly settlement: DeliverySettlement;
  readonly now: Date;
}

export interface PassedOverFacts {
  readonly customerName: string;
  /** The gateway and why it did not take the mail. */
  readonly what: string;
  /** Which way it went then. */
  readonly by: string;
}

export interface GapFacts {
  readonly putAt: Date;
  readonly postedAt: Date;
  /** What was sent beside Slack before that, oldest first. */
  readonly before: readonly DeliveryRecord[];
}

export interface Lateness {
  /** Since when it should have gone out. */
  readonly since: Date;
  readonly now: Date;
  readonly timeZone: string;
  /** `both`: neither Slack nor this way took it. `way`: this way did not. `nobody`: nobody tried, as msops could not work. */
  readonly cause: 'both' | 'way' | 'nobody';
}
