import type { Audience, EmailFacts } from '../services/email-identities/email-verification.ts';
import type { EmailIdentity, SesAccount } from '../services/email-identities/ports.ts';
import { COMMAND_WORD, MENTION_WORD } from './command-word.ts';
import { formatDuration, slackTime } from './format-numbers.ts';
import { code, escapeMrkdwn } from './mrkdwn.ts';
import { sentence } from './rollout-text.ts';

const ASK: Record<Audience, string> = { operations: COMMAND_WORD, customer: MENTION_WORD };

export function emailCommand(what: 'verify' | 'test', customer: string, audience: Audience): string {
  return code(`${ASK[audience]} email ${what} ${customer}`);
}

const HOUR_SECONDS = 3_600;

const STATUS: Record<EmailIdentity['status'], string> = {
  PENDING: '🔎 Amazon SES is looking for the records.',
  SUCCESS: '✅ Amazon SES has verified the domain.',
  FAILED: '⛔ Amazon SES has given up: it did not find the records within 72 hours.',
  TEMPORARY_FAILURE: '⚠️ Amazon SES had verified the domain and does not find its records any more.',
  NOT_STARTED: '⚪ Amazon SES has not begun to look for the records.',
};

/** Of the last look; the words of SES stay beside ours, to be searched for. */
const ERRORS: Readonly<Record<string, string>> = {
  HOST_NOT_FOUND: 'it found no record with such a name',
  TYPE_NOT_FOUND: 'it found the name, but no CNAME there',
  INVALID_VALUE: 'it found a CNAME with another value',
  DNS_SERVER_ERROR: 'the DNS server of the domain did not answer it',
  SERVICE_ERROR: 'it had a trouble of its own',
  INVALID_RESPONSE: 'it could not read the answer of the DNS',
};

export function statusWords({ identity, trouble }: EmailFacts, audience: Audience): string {
  if (identity === undefined) {
    return trouble === undefined
      ? '⚪ Amazon SES does not know the domain.'
      : `⚠️ Amazon SES could not be asked${audience === 'operations' ? `: ${sentence(trouble)}` : ' just now.'}`;
  }
  const { status, errorType } = identity;
  const isOver = status === 'SUCCESS';
  const error = errorType === undefined || isOver ? undefined : (ERRORS[errorType] ?? 'it said');
  return error === undefined ? STATUS[status] : `${STATUS[status]} Its last look: ${error} (${code(errorType ?? '')}).`;
}

/** @returns `undefined` when there is no clock running. */
export function timeWords({ verification, identity, now, endsAt: end }: EmailFacts): string | undefined {
  if (end === undefined || identity?.status !== 'PENDING' || verification?.endedAt !== undefined) {
    return undefined;
  }
  const left = (end.getTime() - now.getTime()) / 1_000;
  const early = verification?.isBeginKnown === false ? ' at the latest: it had begun before I knew of it' : '';
  return left > 0
    ? `⏳ ${inHours(left)} left: it looks until ${slackTime(end)}${early}.`
    : `⏳ The 72 hours ended ${slackTime(end)}.`;
}

/** Days would hide most of the three that there are. */
function inHours(seconds: number): string {
  return seconds < HOUR_SECONDS ? formatDuration(seconds) : `${Math.floor(seconds / HOUR_SECONDS)} h`;
}

/** What the account may send, and what that means. For us alone: it is shared by all customers of the region. */
export function accountWords(account: SesAccount | undefined, region: string): readonly string[] {
  const where = escapeMrkdwn(region);
  if (account === undefined) {
    return [`❔ What our account may send in ${where} is unknown.`];
  }
  const { sentLast24Hours: sent, max24Hours: max } = account;
  const limit = max < 0 ? 'no daily limit' : `${sent} of ${max} recipients used in the last 24 h`;
  return [
    `📊 Quota in ${where}: ${limit}, ${account.maxPerSecond} a second.`,
    ...(account.productionAccess ? [] : [SANDBOX]),
    ...(account.sendingEnabled
      ? []
      : ['⛔ Sending is paused. Look at the reputation dashboard of SES, then resume it there.']),
    ...(account.enforcement === 'HEALTHY'
      ? []
      : [`⚠️ AWS has put the account on ${code(account.enforcement)}: look for its case.`]),
    ...(max >= 0 && sent >= max * 0.8
      ? ['⚠️ The quota is nearly used up: mails beyond it are not taken. Ask AWS for more.']
      : []),
  ];
}

const SANDBOX =
  '🏖️ The account is in the sandbox of SES: mails go to verified addresses and domains only, 200 recipients a day, one a second. Ask AWS for production access before alerts depend on it.';
