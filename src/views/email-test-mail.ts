import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { Mail } from '../services/deliveries/delivery.ts';
import { section } from './blocks.ts';
import { escapeHtml } from './mail/escape-html.ts';
import { code } from './mrkdwn.ts';
import { listed } from './rollout-text.ts';

export interface TestMailFacts {
  readonly customerName: string;
  /** In the mail and in every log line of it: `mt-7kq2m9xd`. */
  readonly id: string;
  readonly askedAt: Date;
}

/** A mail that says that it is nothing. */
export function emailTestMail({ customerName, id, askedAt }: TestMailFacts): Mail {
  const lines = [
    `This is a test of the mails that msops sends for ${customerName}. Nothing has happened, and there is nothing to do.`,
    'When an alert fires, it arrives from the same address.',
    `Test ${id}, asked for ${askedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
  ];
  const html = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  return {
    subject: `Test mail of msops for ${customerName}`,
    text: `${lines.join('\n\n')}\n`,
    html: `<div style="font-family: sans-serif; font-size: 15px; line-height: 1.5">\n${html}\n</div>\n`,
    thread: id,
  };
}

const WHERE = {
  thread: 'in the thread of this message',
  channel: 'in the channel of the customer',
  operations: 'to our operations team',
} as const;
/** Where it is told what goes wrong. */
export type TroublesAt = keyof typeof WHERE;

export function emailTestView(to: readonly string[], about: { id: string; troublesAt: TroublesAt }): Message {
  const { id, troublesAt } = about;
  const text = `✉️ A test mail is on its way to ${count(to.length, 'recipient')}`;
  const rest = `Look there within a minute, in the spam folder too. What goes wrong is said ${WHERE[troublesAt]}. The log calls it ${code(id)}.`;
  return { text, blocks: [section(`${text}: ${listed(to.map(code))}.\n${rest}`)] };
}
