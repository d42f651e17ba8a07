import PostalMime, { type Address } from 'postal-mime';
import { AwsError } from '../aws-error.ts';
import { addressOf } from './ses-region.ts';

/** A mail as its recipients see it. */
export interface ReadMail {
  readonly from: string | undefined;
  /** To, Cc and Bcc. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Content {
  readonly Data: string;
}

/** The part of a `SendEmail` that makes the mail. */
export interface EmailInput {
  readonly FromEmailAddress?: string;
  readonly Destination?: Readonly<
    Record<'ToAddresses' | 'CcAddresses' | 'BccAddresses', readonly string[] | undefined>
  >;
  readonly Content: {
    readonly Simple?: {
      readonly Subject: Content;
      readonly Body: { readonly Text?: Content; readonly Html?: Content };
      readonly Headers?: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Raw?: Content;
  };
  readonly ConfigurationSetName?: string;
}

/** @throws {AwsError} when there is no mail in it that could be sent. */
export async function readMail({ FromEmailAddress, Destination, Content }: EmailInput): Promise<ReadMail> {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = Destination ?? {};
  const named = [...ToAddresses, ...CcAddresses, ...BccAddresses].map(addressOf);
  const from = FromEmailAddress && addressOf(FromEmailAddress);
  if (Content.Simple !== undefined) {
    const { Subject, Body, Headers = [] } = Content.Simple;
    const headers = Object.fromEntries(Headers.map(({ Name, Value }) => [Name.toLowerCase(), Value]));
    return { from, recipients: named, subject: Subject.Data, text: Body.Text?.Data, html: Body.Html?.Data, headers };
  }
  if (Content.Raw === undefined) {
    throw new AwsError('BadRequestException', 'Content must be Simple or Raw here.');
  }
  const raw = await readRaw(Buffer.from(Content.Raw.Data, 'base64'));
  return { ...raw, from: from ?? raw.from, recipients: Destination === undefined ? raw.recipients : named };
}

async function readRaw(bytes: Buffer): Promise<ReadMail> {
  const mail = await PostalMime.parse(bytes);
  const recipients = [mail.to, mail.cc, mail.bcc].flatMap((list) => list ?? []).flatMap(addresses);
  return {
    from: mail.from?.address && addressOf(mail.from.address),
    recipients,
    subject: mail.subject ?? '',
    text: mail.text,
    html: mail.html,
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  };
}

function addresses({ address, group }: Address): readonly string[] {
  return group === undefined ? (address ? [addressOf(address)] : []) : group.flatMap(addresses);
}
