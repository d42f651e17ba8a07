import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { Grant } from '../services/access/grant.ts';
import type { GrantFacts } from '../services/access/ports.ts';
import { leftBehind } from './access-card.ts';
import { type AccessAudience, GRANT_ICONS, grantRef, grantState } from './access-state.ts';
import { wishInWords } from './access-text.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { code } from './mrkdwn.ts';
import { listHosts, personName, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

const LIST_SECTIONS = 12;
const CLOSED = ['ended', 'rejected', 'lapsed', 'withdrawn'];

export interface AccessList {
  /** Newest first. */
  readonly grants: readonly GrantFacts[];
  readonly audience: AccessAudience;
  /** What was asked for, plain: `acme/prod`. Missing: everything here. */
  readonly of?: string | undefined;
}

/** Who has what until when; what is open comes first. */
export function accessListView({ grants, audience, of }: AccessList): Message {
  const where = of === undefined ? 'here' : `of ${sentence(of)}`;
  const [open, closed] = [grants.filter(isOpen), grants.filter((facts) => !isOpen(facts))];
  const text = `${count(open.length, 'grant')} of access ${where} ${open.length === 1 ? 'is' : 'are'} open`;
  const lines = [...open, ...closed].map((facts) => describe(facts, audience));
  const packed = packLines(lines, LIST_SECTIONS);
  const narrow = `Narrow it: ${code(`${COMMAND_WORD} access list <customer, environment or person>`)}`;
  const blocks = [
    section(
      `*${text}*${closed.length > 0 ? `, and the newest ${closed.length} that ${closed.length === 1 ? 'is' : 'are'} over` : ''}`,
    ),
    ...packed.sections,
    ...(packed.left > 0 ? [context(`${packed.left} more found no room here.`)] : []),
    context(narrow),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function isOpen({ grant }: GrantFacts): boolean {
  return !CLOSED.includes(grant.state);
}

/** What opened nothing has no end, only the one that was asked for. */
function endOf({ state, endedAt, until }: Grant, timeZone: string): string {
  return state === 'ended' || !CLOSED.includes(state)
    ? `until ${dateInZone(endedAt ?? until, timeZone)}`
    : `asked for until ${dateInZone(until, timeZone)}`;
}

function describe({ grant, hosts, timeZone }: GrantFacts, audience: AccessAudience): string {
  const left = leftBehind(hosts);
  const alarm = left.length > 0 ? `\n      🚨 not revoked on ${listHosts(left.map(({ host }) => host))}` : '';
  const account = audience === 'ops' ? ` (${code(grant.person.id)})` : '';
  return [
    `${left.length > 0 ? '🚨' : GRANT_ICONS[grant.state]} ${code(grant.id)} *${sentence(grantRef(grant))}* ${personName(grant.person)}${account}: ${grantState(grant, audience)}`,
    `      ${wishInWords(grant.wish)} · ${endOf(grant, timeZone)}${alarm}`,
  ].join('\n');
}
