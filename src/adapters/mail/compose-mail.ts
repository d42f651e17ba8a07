import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import type { OutgoingMail } from './gateway.ts';

/** The mail as nodemailer wants it, the same each time that it is sent. */
export function composeMail({ from, to, mail, key, incident }: OutgoingMail): SendMailOptions {
  const domain = domainOf(from);
  const root = messageId(mail.thread, domain);
  const isFirst = key === mail.thread;
  return {
    from,
    // As objects: an address is never read as a list.
    to: to.map((address) => ({ name: '', address })),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: messageId(key, domain),
    ...(isFirst ? {} : { inReplyTo: root, references: root }),
    headers: {
      'X-Msops-Incident': incident,
      // RFC 3834: no holiday replies.
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** `<msops.4f1c…@acme.example>`: keys have characters that a Message-ID must not have. */
function messageId(key: string, domain: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `<msops.${digest}@${domain}>`;
}

/** Of an address, with or without a display name. */
function domainOf(address: string): string {
  return /@([^\s@<>]+)>?\s*$/.exec(address)?.[1] ?? 'localhost';
}
