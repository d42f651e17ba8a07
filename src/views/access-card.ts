import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { Grant, GrantHost, GrantState } from '../services/access/grant.ts';
import type { GrantFacts } from '../services/access/ports.ts';
import type { ApprovalStatus } from '../services/approvals/approval.ts';
import { accessButtons } from './access-buttons.ts';
import { type AccessAudience, GRANT_ICONS, grantRef, grantState, isBeingEnded } from './access-state.ts';
import { hostLines, keyInWords, wishInWords } from './access-text.ts';
import { decisionInWords, seatsInWords, votersOf } from './approval-words.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { slackTime } from './format-numbers.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';
import { listHosts, personName, quoted, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

const HOST_SECTIONS = 4;
const TROUBLE_SECTIONS = 3;
const SHOWN_BEFORE = 3;
const LONGEST_NAME = 60;
/** So begins a note about a later end. */
const EXTENSION = 'The extension ';
const NEVER_OPENED: ReadonlySet<GrantState> = new Set(['rejected', 'lapsed', 'withdrawn']);
const TURNED_DOWN: ReadonlySet<ApprovalStatus | undefined> = new Set(['rejected', 'expired', 'void', 'withdrawn']);

/** One message for the whole life of a grant, drawn from what the store says. */
export function accessCard(facts: GrantFacts, audience: AccessAudience): Message {
  const { grant } = facts;
  const headline = `${iconOf(facts)} *${sentence(grantRef(grant))}* · read-only access for ${personName(grant.person)}`;
  const state = grantState(grant, audience);
  const blocks = [
    section(`${headline}\n*State:* ${state}`),
    ...(audience === 'ops' ? [section(whoInWords(facts).join('\n'))] : []),
    ...wishBlocks(facts),
    ...(audience === 'ops' ? [section(whyInWords(facts).join('\n'))] : []),
    ...hostBlocks(facts, audience),
    ...decisionBlocks(facts, audience),
    ...accessButtons(facts, audience),
    context(footer(grant, audience)),
  ] satisfies KnownBlock[];
  return { text: `${headline}: ${state}`, blocks };
}

function iconOf({ grant, hosts }: GrantFacts): string {
  const state = isBeingEnded(grant) ? 'ending' : grant.state;
  return leftBehind(hosts).length > 0 ? '🚨' : GRANT_ICONS[state];
}

/** A name is no identity: another company's Bob may be called as ours is. */
function whoInWords({ grant, customerName }: GrantFacts): readonly string[] {
  const company = escapeMrkdwn(cut(customerName, LONGEST_NAME));
  return [
    `*Asked by:* ${personName(grant.person)}, account ${code(grant.person.id)}, of ${company}'s workspace ${code(grant.team)}`,
  ];
}

function endedEarly({ state, until, endedAt }: Grant, timeZone: string): string {
  const isEarly = state === 'ended' && endedAt !== undefined && endedAt < until;
  return isEarly ? `\n*Ended:* ${dateInZone(endedAt, timeZone)}` : '';
}

function wishBlocks({ grant, timeZone }: GrantFacts): readonly KnownBlock[] {
  const { wish, until } = grant;
  const packed = packLines(hostLines(wish.linux?.hosts ?? []), HOST_SECTIONS);
  return [
    section(`*Opens:* ${wishInWords(wish)}\n*Until:* ${dateInZone(until, timeZone)}${endedEarly(grant, timeZone)}`),
    ...packed.sections,
    ...(packed.left > 0 ? [context(`${packed.left} more lines of hosts found no room.`)] : []),
  ];
}

function whyInWords({ grant, before, timeZone }: GrantFacts): readonly string[] {
  const { reason, ticket, wish } = grant;
  return [
    `*Why:* ${quoted(reason)}`,
    ...(ticket === undefined ? [] : [`*Ticket:* ${code(cut(ticket, LONGEST_NAME))}`]),
    ...(wish.linux === undefined ? [] : [`*SSH key:* ${keyInWords(wish.linux.publicKey)}`]),
    `*Before:* ${beforeInWords(before, timeZone)}`,
  ];
}

function beforeInWords(before: readonly Grant[], timeZone: string): string {
  if (before.length === 0) {
    return 'they had no access yet';
  }
  const shown = before.slice(0, SHOWN_BEFORE).map((grant) => {
    const end = dateInZone(grant.endedAt ?? grant.until, timeZone);
    return `\n      • ${code(grant.id)} ${sentence(grantRef(grant))}: ${wishInWords(grant.wish)}; ${grantState(grant, 'ops')}, until ${end}`;
  });
  const more = before.length > SHOWN_BEFORE ? `\n      … and ${before.length - SHOWN_BEFORE} more` : '';
  return `${count(before.length, 'grant')}${shown.join('')}${more}`;
}

/** Where accounts could not be made or removed. What a host answered is for our people alone. */
function hostBlocks(facts: GrantFacts, audience: AccessAudience): readonly KnownBlock[] {
  const { hosts } = facts;
  const failed = hosts.filter(({ state }) => state === 'failed');
  const left = leftBehind(hosts);
  const lines = [
    ...(left.length > 0 ? [`🚨 *NOT REVOKED on ${count(left.length, 'host')}:* ${listHosts(left.map(hostName))}`] : []),
    ...(failed.length > 0
      ? [`❌ *No account on ${count(failed.length, 'host')}:* ${listHosts(failed.map(hostName))}`]
      : []),
    ...(audience === 'ops' ? [...left, ...failed].map(noteOf) : []),
    ...noteLines(facts, audience),
  ];
  return packLines(lines, TROUBLE_SECTIONS).sections;
}

/**
 * Whoever asked has to know that nothing came of a later end; why is in the words of our people. What the approval
 * says of a request that opened nothing is not said twice.
 */
function noteLines({ grant, approval }: GrantFacts, audience: AccessAudience): readonly string[] {
  const { state, note } = grant;
  const isTold = NEVER_OPENED.has(state) && TURNED_DOWN.has(approval?.status);
  if (note === undefined || isTold) {
    return [];
  }
  const isExtension = note.startsWith(EXTENSION);
  return audience === 'ops' ? [sentence(note)] : isExtension ? ['➖ The later end was not granted.'] : [];
}

function noteOf({ host, note = 'no reason is known' }: GrantHost): string {
  return `      • ${code(cut(host, LONGEST_NAME))}: ${sentence(note)}`;
}

function decisionBlocks(facts: GrantFacts, audience: AccessAudience): readonly KnownBlock[] {
  const { grant, approval } = facts;
  const isAsked = grant.state === 'requested' || grant.extension !== undefined;
  const lines = [
    ...extensionLines(facts, audience),
    ...(isAsked && approval?.status === 'pending' ? askedLines(facts, audience) : []),
    ...(approval !== undefined && approval.status !== 'pending' ? [decidedLine(facts, audience)] : []),
  ];
  return lines.length > 0 ? [section(lines.join('\n'))] : [];
}

function extensionLines({ grant, timeZone }: GrantFacts, audience: AccessAudience): readonly string[] {
  const { extension } = grant;
  if (extension === undefined) {
    return [];
  }
  const why = audience === 'ops' ? ` Why: ${quoted(extension.reason)}` : '';
  return [
    `➕ *A later end is asked for:* ${dateInZone(extension.until, timeZone)}. The one above counts until that is approved.${why}`,
  ];
}

function askedLines({ grant, approval, openSeats, customerName }: GrantFacts, audience: AccessAudience) {
  if (approval === undefined) {
    return [];
  }
  const needed = seatsInWords(openSeats, customerName) || 'nobody can, as the policy stands now';
  const voters = audience === 'ops' ? votersOf(approval) : undefined;
  return [
    `*Must approve:* ${needed}. Not ${personName(grant.person)}, who asked.`,
    ...(voters === undefined ? [] : [`*Approved so far by* ${voters}`]),
    `*To be decided by:* ${slackTime(approval.expiresAt)}`,
  ];
}

/** The customer reads why, which is meant for them, and not the names of our people. */
function decidedLine({ approval }: GrantFacts, audience: AccessAudience): string {
  if (approval === undefined) {
    return '';
  }
  if (audience === 'ops') {
    return `*Approval:* ${decisionInWords(approval)}.`;
  }
  const reason = approval.status === 'rejected' ? approval.decision?.reason : undefined;
  const words = { ...approval, decision: undefined, votes: [] };
  return approval.status === 'approved'
    ? '*Approval:* approved.'
    : `*Approval:* ${decisionInWords(words)}${reason === undefined ? '' : `: ${quoted(reason)}`}.`;
}

function footer({ id }: Grant, audience: AccessAudience): string {
  return audience === 'ops'
    ? `Access ${code(id)} · ${code(`${COMMAND_WORD} access list`)} shows all of it.`
    : `Access ${code(id)} · ${code('@msops access list')} shows what your company has.`;
}

export function leftBehind(hosts: readonly GrantHost[]): readonly GrantHost[] {
  return hosts.filter(({ state }) => state === 'left_behind');
}

function hostName({ host }: GrantHost): string {
  return host;
}
