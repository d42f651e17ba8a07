/** Something that goes to somebody outside Slack. Saved first, sent by a dispatcher, and sent again until it is known what became of it. */
export interface Delivery {
  /** The same key later is the same delivery: it is sent once. */
  readonly key: string;
  /** What it is about; for alerts the id of the group. In every mail, message and log line of it. */
  readonly incident: string;
  readonly customer: string;
  readonly environment?: string | undefined;
  readonly content: DeliveryContent;
  /** Not before. */
  readonly dueAt: Date;
  /** Keys of messages to Slack. When all of them are confirmed there at `dueAt`, it is not needed. */
  readonly unlessInSlack?: readonly string[] | undefined;
  /** Keys of other deliveries: not while one of these still waits, and not at all when none of them was ever sent. */
  readonly after?: readonly string[] | undefined;
  /** Key of a message in an ops channel in whose thread troubles are told. */
  readonly troubleThreads: readonly { readonly channelId: string; readonly threadOf?: string | undefined }[];
}

export type DeliveryContent =
  | { readonly kind: 'email'; readonly to: readonly string[]; readonly mail: Mail }
  | { readonly kind: 'sms'; readonly to: readonly string[]; readonly text: string }
  /** @property webhook Name of one of the customer's. @property body JSON. */
  | { readonly kind: 'webhook'; readonly webhook: string; readonly body: unknown };

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Mails of one thread share it: the first one is called so, later ones answer it. */
  readonly thread: string;
}

/** What became of one try. */
export type CarrierResult =
  | {
      readonly kind: 'sent';
      /** Which way it went: `smtp mail.acme.example`, `SES eu-central-1`. */
      readonly by: string;
      /** The id that the other side gave it, to be found in its logs. */
      readonly id?: string | undefined;
      /** Recipients that were refused though the mail was taken. */
      readonly rejected: readonly Rejection[];
      /** Gateways that were tried before and why they did not take it. */
      readonly passedOver: readonly string[];
    }
  | { readonly kind: 'refused'; readonly trouble: Trouble; readonly rejected: readonly Rejection[] }
  | { readonly kind: 'later'; readonly trouble: Trouble };

export type SentResult = Extract<CarrierResult, { kind: 'sent' }>;
export type UnsentResult = Exclude<CarrierResult, SentResult>;

export interface Rejection {
  readonly recipient: string;
  readonly reason: string;
}

/** Every way to fail has its class, and a sentence that says what to do. Never with a secret in it. */
export interface Trouble {
  readonly class: TroubleClass;
  /** `SMTP mail.acme.example:587 refused the login (535 5.7.8). Check user name and the secret acme_smtp.` */
  readonly text: string;
}

export const TROUBLE_CLASSES = [
  'not_configured',
  'dns',
  'refused_connection',
  'timeout',
  'tls_untrusted',
  'tls_wrong_name',
  'tls_wrong_port',
  'no_starttls',
  'auth',
  'relay_denied',
  'unknown_recipient',
  'too_big',
  'rejected_content',
  'identity_not_verified',
  'sandbox_recipient',
  'suppressed_recipient',
  'sending_paused',
  'quota',
  'temporary',
  'other',
] as const;
export type TroubleClass = (typeof TROUBLE_CLASSES)[number];
