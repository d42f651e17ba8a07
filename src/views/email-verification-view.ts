import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import type { Audience, EmailFacts } from '../services/email-identities/email-verification.ts';
import { context, section } from './blocks.ts';
import { recordBlocks } from './email-record-blocks.ts';
import { accountWords, emailCommand, statusWords, timeWords } from './email-words.ts';
import { slackDate } from './format-numbers.ts';
import { code, escapeMrkdwn } from './mrkdwn.ts';

/** The whole story of a domain: what to enter where, what the DNS says of it, where SES is, what to do next. */
export function emailVerificationView(facts: EmailFacts, audience: Audience): Message {
  const { domain, customer, records, region } = facts;
  const text = `✉️ ${headline(facts)}`;
  const blocks = [
    section(`*${escapeMrkdwn(text)}*\n${opening(facts)}`),
    ...(facts.identity?.status === 'SUCCESS' ? [] : recordBlocks(records)),
    section([...progress(facts, audience), `👉 ${nextStep(facts, audience)}`].join('\n')),
    ...(audience === 'operations' ? [section(accountWords(facts.account, region).join('\n'))] : []),
    context(`${code(customer.id)} · ${code(domain)} · ${escapeMrkdwn(region)} · ${looked(facts)}`),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

export function emailMovedView({ domain }: Pick<EmailFacts, 'domain'>): Message {
  const text = `✉️ The verification of ${domain} is shown further down, where it was asked for again.`;
  return { text, blocks: [context(escapeMrkdwn(text))] };
}

function headline({ domain, identity, verification }: EmailFacts): string {
  if (identity?.status === 'SUCCESS') {
    return `${domain} is verified for sending`;
  }
  return verification?.outcome === 'expired' ? `${domain} was not verified in time` : `Verify ${domain} for sending`;
}

function opening({ from, records, identity, customer }: EmailFacts): string {
  const who = `Mails for *${escapeMrkdwn(customer.name)}* come from ${code(from)}.`;
  if (identity?.status === 'SUCCESS' || records.length === 0) {
    return who;
  }
  return `${who} Amazon SES sends them once the owner of the domain has made these ${records.length} records in its DNS.`;
}

function progress(facts: EmailFacts, audience: Audience): readonly string[] {
  return [statusWords(facts, audience), timeWords(facts)].filter((line) => line !== undefined);
}

function nextStep(facts: EmailFacts, audience: Audience): string {
  const { identity, verification, customer, trouble } = facts;
  const again = emailCommand('verify', customer.id, audience);
  if (identity === undefined) {
    return trouble === undefined ? `${again} begins.` : 'It is asked again by itself, or by the same command.';
  }
  if (identity.status === 'SUCCESS') {
    return `Nothing is left to do. ${emailCommand('test', customer.id, audience)} sends a mail the whole way.`;
  }
  if (identity.status === 'FAILED' || verification?.outcome === 'expired') {
    return `Make the records right, then ${again} begins anew, for another 72 hours. The records may be other ones then.`;
  }
  return recordsStep(facts);
}

function recordsStep({ records, areRecordsWrong }: EmailFacts): string {
  if (records.length === 0) {
    return 'Amazon SES has named no records for it. Look at the identity in its console: it may sign with a key of its own.';
  }
  if (areRecordsWrong) {
    return 'Make the records that are not right yet. Who sees this message need not ask again: it is kept up to date.';
  }
  const isAllRight = records.every(({ reading }) => reading.kind === 'right');
  return isAllRight
    ? 'All records are right. SES finds them by itself, mostly within an hour.'
    : 'Wait for the DNS to answer: nothing is known to be wrong.';
}

function looked({ now, verification }: EmailFacts): string {
  const isOpen = verification !== undefined && verification.endedAt === undefined;
  return `looked ${slackDate(now)}${isOpen ? ', again every 10 minutes' : ''}`;
}
