import type { Trouble } from '../../services/deliveries/ports.ts';

/** One text for one number. */
export interface TextMessage {
  /** `+491701234567` */
  readonly to: string;
  readonly text: string;
  readonly incident: string;
  /** The same for every try. */
  readonly key: string;
}

/** Whoever brings texts to phones. */
export interface PhoneSender {
  readonly name: string;
  /** Never throws for what the other side did. */
  text(message: TextMessage, signal: AbortSignal): Promise<TextOutcome>;
}

export type TextOutcome =
  | { readonly kind: 'taken'; readonly id?: string | undefined }
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  | { readonly kind: 'later'; readonly trouble: Trouble };
