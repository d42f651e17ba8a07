import type { Message } from '../domain/message.ts';
import type { Audience, EmailFacts } from '../services/email-identities/email-verification.ts';
import { context, section } from './blocks.ts';
import { recordBlocks } from './email-record-blocks.ts';
import { accountWords, emailCommand } from './email-words.ts';
import { slackTime } from './format-numbers.ts';
import { code, escapeMrkdwn } from './mrkdwn.ts';

/** For the people who own the domain. */
export function emailReminderView(facts: EmailFacts, hoursLeft: number): Message {
  const { domain, customer, from, endsAt, records } = facts;
  const text = `⏰ ${hoursLeft} hours left to verify ${domain}`;
  const until = endsAt ? ` It stops looking ${slackTime(endsAt)}.` : '';
  const wrong = records.filter(({ reading }) => reading.kind !== 'right');
  const why = `Without it Amazon SES sends no mails from ${code(from)}, so alerts of *${escapeMrkdwn(customer.name)}* do not arrive by mail.${until}`;
  const note =
    wrong.length < records.length ? ` ${records.length - wrong.length} of ${records.length} are right already.` : '';
  return {
    text,
    blocks: [
      section(`*${escapeMrkdwn(text)}*\n${why} Please have these records made in the DNS of ${code(domain)}.${note}`),
      ...recordBlocks(wrong),
      context('I look every 10 minutes and say so here when it is done.'),
    ],
  };
}

/** What came of it: nobody notices an edit of a message from days ago. */
export function emailEndedView(facts: EmailFacts, audience: Audience): Message {
  const { domain, customer, from, verification, account, region } = facts;
  if (verification?.outcome === 'verified') {
    const text = `✅ ${domain} is verified: mails from ${from} are sent by Amazon SES`;
    const isLimited = audience === 'operations' && account?.productionAccess === false;
    const limits = isLimited ? `\n${accountWords(account, region).join('\n')}` : '';
    const next = emailCommand('test', customer.id, audience);
    return { text, blocks: [section(`*${escapeMrkdwn(text)}.*\n${next} sends one the whole way.${limits}`)] };
  }
  const again = emailCommand('verify', customer.id, audience);
  const [text, next] =
    verification?.outcome === 'withdrawn'
      ? [`⚪ The verification of ${domain} is over: SES does not know the domain any more`, `${again} begins anew.`]
      : [
          `⛔ ${domain} was not verified: Amazon SES did not find the records within 72 hours and has stopped looking`,
          `Make the records right first, then ${again} begins anew and shows them: they may be other ones then.`,
        ];
  return { text, blocks: [section(`*${escapeMrkdwn(text)}.*\n${next}`)] };
}
