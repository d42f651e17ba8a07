import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import type { AlertGroupFacts } from '../services/alerts/ports.ts';
import { alertButtons } from './alert-buttons.ts';
import { type AlertHeadline, alertHeadline, toldOf } from './alert-headline.ts';
import {
  acknowledgedLine,
  alertLine,
  alertText,
  endedLine,
  ownerLine,
  runbookLine,
  silenceLine,
} from './alert-lines.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD, MENTION_WORD } from './command-word.ts';
import { slackDate } from './format-numbers.ts';
import { code, cutMrkdwn } from './mrkdwn.ts';
import { dateInZone } from './rollout-times.ts';

const LINE_SECTIONS = 6;
const ENDED_SECTIONS = 2;
const SHOWN_SILENCES = 5;
/** More than any phone shows. */
const LONGEST_TEXT = 400;

/** The one message of a group, edited from its first alert to its end. */
export function alertGroupView(facts: AlertGroupFacts): Message {
  const { group } = facts;
  const headline = alertHeadline(group);
  const { icon, ref, mrkdwn } = headline;
  const lines = packLines(
    group.alerts.map((alert) => alertLine(alert, group, facts)),
    LINE_SECTIONS,
  );
  const ended = packLines(
    group.ended.map((one) => endedLine(group.signal, one)),
    ENDED_SECTIONS,
  );
  const blocks = [
    section(`${icon} *${ref}* · *${mrkdwn}*\n${when(facts)}`),
    ...lines.sections,
    ...(lines.left > 0 ? [context(`${lines.left} more found no room here. ${howToSeeAll(facts)}`)] : []),
    ...ended.sections,
    ...footer(facts),
    ...(facts.isOps ? alertButtons(group) : []),
  ] satisfies KnownBlock[];
  return { text: notification(facts, headline), blocks };
}

/** Read on a phone at night, so everything is in one line. */
function notification({ group, isOps }: AlertGroupFacts, { icon, ref, plain }: AlertHeadline): string {
  const [worst] = toldOf(group.alerts);
  const text = group.endedAt === undefined && worst !== undefined ? `: ${alertText(worst, { isOps })}` : '';
  const taken = group.acknowledged !== undefined && group.endedAt === undefined ? ' (acknowledged)' : '';
  return cutMrkdwn(`${icon} ${ref}: ${plain}${text}${taken}`, LONGEST_TEXT);
}

function when({ group: { begunAt, endedAt }, timeZone }: AlertGroupFacts): string {
  const begun = dateInZone(begunAt, timeZone);
  return endedAt === undefined ? `since ${begun}` : `began ${begun}, over ${slackDate(endedAt)}`;
}

function howToSeeAll({ group: { customer, environment }, isOps }: AlertGroupFacts): string {
  return isOps
    ? `Details shows them, and ${code(`${COMMAND_WORD} status ${customer}/${environment}`)} checks them now.`
    : `${code(`${MENTION_WORD} status ${customer}/${environment}`)} checks them now.`;
}

function footer(facts: AlertGroupFacts): readonly KnownBlock[] {
  const { group, silences } = facts;
  const isOver = group.endedAt !== undefined;
  const silent = isOver ? [] : silences.slice(0, SHOWN_SILENCES).map((silence) => silenceLine(silence, facts));
  const more = isOver || silences.length <= SHOWN_SILENCES ? [] : [`and ${silences.length - SHOWN_SILENCES} silences`];
  const read = isOver ? [] : (runbookLine(facts) ?? []);
  return [ownerLine(facts) ?? [], acknowledgedLine(group, facts) ?? [], silent, more, read].flat().map(context);
}
