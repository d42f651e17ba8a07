import type { Message } from '../domain/message.ts';
import type { AddressState, Audience, EmailFacts } from '../services/email-identities/email-verification.ts';
import type { EmailStatus } from '../services/email-identities/email-verification-service.ts';
import { packLines } from './blocks.ts';
import { emailVerificationView } from './email-verification-view.ts';
import { code } from './mrkdwn.ts';

const ADDRESS_SECTIONS = 2;

const SUPPRESSED: Record<AddressState['suppressed'], string> = {
  no: '✅ SES drops no mails to it',
  unknown: '❔ SES did not tell whether it drops mails to it',
  BOUNCE:
    '⛔ is suppressed: a mail to it bounced, and SES drops all others without a word. See that the mailbox takes mails, then have it taken off the suppression list.',
  COMPLAINT:
    '⛔ is suppressed: somebody marked a mail as spam, and SES drops all others without a word. Talk to them, then have it taken off the suppression list.',
};

const SANDBOX = '🏖️ SES takes mails to it only if it is verified there, as long as the account is in the sandbox';

/** Where the domain stands, and whether the people whom rules name get what is sent. */
export function emailStatusView({ facts, addresses, more }: EmailStatus, audience: Audience): Message {
  const { text, blocks = [] } = emailVerificationView(facts, audience);
  const lines = addresses.map((one) => `${code(one.address)} ${addressWords(one, facts, audience)}`);
  const packed = packLines(['*Addresses that rules name*', ...(lines.length > 0 ? lines : ['none'])], ADDRESS_SECTIONS);
  const left = packed.left + more;
  const rest = left > 0 ? packLines([`${left} more were not looked at.`], 1).sections : [];
  return { text, blocks: [...blocks.slice(0, -1), ...packed.sections, ...rest, ...blocks.slice(-1)] };
}

/** An account in the sandbox sends to strangers as little as one that dropped their mails. Its state is for us alone. */
function addressWords({ address, suppressed }: AddressState, facts: EmailFacts, audience: Audience): string {
  const isLimited = audience === 'operations' && facts.account?.productionAccess === false;
  const isVerified = facts.identity?.status === 'SUCCESS' && isBelow(address, facts.domain);
  return suppressed === 'no' && isLimited && !isVerified ? SANDBOX : SUPPRESSED[suppressed];
}

/** A verified domain speaks for those below it. */
function isBelow(address: string, domain: string): boolean {
  const host = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return host === domain || host.endsWith(`.${domain}`);
}
