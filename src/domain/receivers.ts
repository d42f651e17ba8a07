import type { Weekday } from './approval-policy.ts';
import type { Signal } from './inventory.ts';

/** How alerts and reports of a customer leave Slack. Secrets are named here and live in the environment. */
export interface Receivers {
  readonly mail?: MailSettings | undefined;
  readonly phones?: PhoneGateway | undefined;
  readonly webhooks: readonly OutgoingWebhook[];
}

export interface MailSettings {
  /** What the mail says it is from, `alerts@acme.example`; its domain is what SES has to verify. */
  readonly from: string;
  /** At least one, in the order in which they are tried. The next one when one cannot take mails, not when a recipient is refused. */
  readonly gateways: readonly MailGateway[];
}

export type MailGateway =
  | {
      readonly kind: 'smtp';
      readonly host: string;
      readonly port: number;
      /** `starttls` never falls back to plain text. */
      readonly security: 'starttls' | 'tls';
      readonly username?: string | undefined;
      /** Name of the secret. */
      readonly password?: string | undefined;
      /** PEM file on the bot's machine, of the authority that signed the server's certificate. */
      readonly caFile?: string | undefined;
    }
  | { readonly kind: 'ses'; readonly region: string; readonly configurationSet?: string | undefined };

export type PhoneGateway =
  /** POST of `{to, text, incident}` as JSON. */
  | { readonly kind: 'webhook'; readonly url: string; readonly token?: string | undefined }
  | { readonly kind: 'sns'; readonly region: string; readonly senderId?: string | undefined };

/** Takes alerts in Alertmanager's format. */
export interface OutgoingWebhook {
  readonly name: string;
  readonly url: string;
  /** Name of the secret with a bearer token. */
  readonly token?: string | undefined;
}

/** Who is told outside Slack, and of what. */
export interface NoticeRule {
  readonly kind: 'email' | 'sms' | 'webhook';
  /** Addresses, numbers (`+491701234567`) or names of webhooks; at least one. */
  readonly to: readonly string[];
  readonly severities: readonly ('warning' | 'critical' | 'unknown')[];
  /** Missing: every signal. */
  readonly signals?: readonly Signal[] | undefined;
  /** `slack_late`: only when Slack has not confirmed the alert in time. Then every e-mail and SMS rule counts, whatever it says. */
  readonly when: 'always' | 'slack_late';
  /** `customer`: told of alerts that belong to the customer, and of no others. */
  readonly owner: 'operations' | 'customer';
}

/** When reports come by themselves, by the clock of `timeZone`. */
export interface DigestSettings {
  readonly timeZone: string;
  /** To the ops channels, one for each production environment. */
  readonly daily?: { readonly hour: number; readonly minute: number } | undefined;
  /** To the shared channels. */
  readonly weekly?: { readonly weekday: Weekday; readonly hour: number; readonly minute: number } | undefined;
}
