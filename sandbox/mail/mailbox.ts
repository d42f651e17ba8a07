import PostalMime from 'postal-mime';

/** A mail that has arrived, in whichever way. */
export interface ReceivedMail {
  /** How it came: `SMTP acme`, `SES eu-central-1`. */
  readonly by: string;
  /** Of the envelope: whom it really went to. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** By their names in lower case; of several with one name the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly receivedAt: Date;
}

export interface Arrival {
  readonly raw: Buffer | string;
  readonly by: string;
  readonly from: string;
  readonly to: readonly string[];
}

/** Where all mails of the sandbox end, read and kept in the order in which they came. */
export interface Mailbox {
  keep(arrival: Arrival): Promise<ReceivedMail>;
  mails(): readonly ReceivedMail[];
  /** Calls back after each mail. */
  onMail(listener: () => void): void;
}

export function createMailbox(): Mailbox {
  const mails: ReceivedMail[] = [];
  const listeners: (() => void)[] = [];
  return {
    mails: () => mails,
    onMail(listener) {
      listeners.push(listener);
    },
    async keep({ raw, by, from, to }) {
      const parsed = await PostalMime.parse(raw);
      const mail: ReceivedMail = {
        by,
        from,
        to,
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        html: parsed.html ?? '',
        headers: Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value])),
        receivedAt: new Date(),
      };
      mails.push(mail);
      for (const listener of listeners) {
        listener();
      }
      return mail;
    },
  };
}
