import type { Aws } from '../aws/start-aws.ts';
import type { ReceivedMail } from './mailbox.ts';

/** What the local AWS took, mails and texts to phones, as the page shows what came by SMTP. Oldest first. */
export function mailsOfAws(aws: Pick<Aws, 'mails' | 'texts'>): ReceivedMail[] {
  const mails = aws.mails().map(({ from = '', recipients, subject, text = '', html = '', headers, region, at }) => ({
    ...{ from, to: recipients, subject, text, html, headers },
    by: `SES ${region}`,
    receivedAt: at,
  }));
  const texts = aws.texts().map(({ senderId = '', to, text, region, at }) => ({
    ...{ from: senderId, to: [to], subject: text, text, html: '', headers: {} },
    by: `SMS, SNS ${region}`,
    receivedAt: at,
  }));
  return inOrder([...mails, ...texts]);
}

/** As they came. */
export function inOrder(mails: readonly ReceivedMail[]): ReceivedMail[] {
  return mails.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
}

const SENDING: ReadonlySet<string> = new Set(['SendEmail', 'Publish']);

/** Calls back after each mail and text that the local AWS has taken. */
export function onMailOfAws(aws: Pick<Aws, 'onCall'>, listener: () => void): void {
  aws.onCall(({ operation, error }) => {
    if (error === undefined && SENDING.has(operation)) {
      listener();
    }
  });
}
