import type { DeliveryKind, Json } from '../world/model.ts';

export type RetryReason = 'http_timeout' | 'http_error' | 'connection_failed' | 'timeout' | '';

/** What is handed to the app, whichever way. */
export interface Envelope {
  readonly kind: DeliveryKind;
  readonly payload: Json;
  /** 0 for the first attempt; only events are sent again. */
  readonly retryNum: number;
  readonly retryReason: RetryReason;
}

/** What the app answered, or how it did not. */
export type Ack =
  | { readonly ok: true; readonly body: unknown }
  | {
      readonly ok: false;
      /** What Slack tells the person. */
      readonly error: 'operation_timeout' | 'dispatch_failed';
      /** HTTP status of a refusal. */
      readonly status?: number | undefined;
      readonly retryReason: RetryReason;
      /** The app asked not to be asked again (`X-Slack-No-Retry`). */
      readonly isFinal?: boolean | undefined;
    };

/** One way to reach the app. Never rejects. */
export interface Transport {
  send(envelope: Envelope): Promise<Ack>;
  /** Ends what is under way; later sends fail. */
  stop(): Promise<void>;
}
