import type { Message } from '../domain/message.ts';
import { escapeMrkdwn } from './mrkdwn.ts';
import { said } from './said.ts';

export function emailAskingView(customerName: string): Message {
  return said(`✉️ Asking Amazon SES and the DNS about the mails of ${escapeMrkdwn(customerName)}…`);
}

export function emailNotBegunView(customerName: string): Message {
  return said(`✉️ No verification of the mail domain of ${escapeMrkdwn(customerName)} was begun.`);
}

export function emailNotAskedView(customerName: string): Message {
  return said(`✉️ Nothing is known of the mails of ${escapeMrkdwn(customerName)} now.`);
}

/** For somebody who asked in a direct message. */
export function emailShownThereView(customerName: string, channelId: string): Message {
  return said(
    `✉️ The verification of the mail domain of ${escapeMrkdwn(customerName)} is shown in <#${channelId}>, and kept up to date there.`,
  );
}
