import type { Mail, Rejection, Trouble } from '../../services/deliveries/ports.ts';

/** A mail on its way to people. */
export interface OutgoingMail {
  readonly from: string;
  /** At least one. */
  readonly to: readonly string[];
  readonly mail: Mail;
  /** See `Envelope`. */
  readonly key: string;
  readonly incident: string;
}

/** One server that takes mails. */
export interface Gateway {
  /** `SMTP mail.acme.example:587`, `SES eu-central-1`. */
  readonly name: string;
  /** Ends when the signal aborts. Never throws for what the other side did. */
  take(mail: OutgoingMail, signal: AbortSignal): Promise<GatewayOutcome>;
}

export type GatewayOutcome =
  | {
      readonly kind: 'taken';
      readonly id?: string | undefined;
      readonly rejected: readonly Rejection[];
      /** Recipients that it would take later, or that another gateway may take. */
      readonly deferred: readonly Rejection[];
    }
  /** Its recipients or its content; no other gateway is asked. */
  | { readonly kind: 'refused'; readonly trouble: Trouble; readonly rejected: readonly Rejection[] }
  /** It cannot take mails of ours. @property isLasting It will not, before somebody changes something. */
  | { readonly kind: 'unable'; readonly trouble: Trouble; readonly isLasting: boolean };
