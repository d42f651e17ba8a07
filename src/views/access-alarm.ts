import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { GrantHost } from '../services/access/grant.ts';
import type { GrantFacts } from '../services/access/ports.ts';
import { leftBehind } from './access-card.ts';
import { grantRef, grantState } from './access-state.ts';
import { context, packLines, section } from './blocks.ts';
import { slackTime } from './format-numbers.ts';
import { code, cut } from './mrkdwn.ts';
import { listHosts, personName, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

const HOST_SECTIONS = 6;
const LONGEST_NAME = 60;

/** Somebody may still get in who must not. Drawn again until nobody can. */
export function accessAlarm(facts: GrantFacts): Message {
  const { grant, hosts, timeZone } = facts;
  const left = leftBehind(hosts);
  const whose = `${personName(grant.person)} in *${sentence(grantRef(grant))}*`;
  if (left.length === 0) {
    const text = `✅ Revoked everywhere: access of ${whose}`;
    return { text, blocks: [section(`*${text}*`), context(`Access ${code(grant.id)} · ${grantState(grant, 'ops')}`)] };
  }
  const text = `🚨 ${headline(facts, left)}`;
  const packed = packLines(left.map(hostLine), HOST_SECTIONS);
  const blocks = [
    section(`*${text}*\nAccess of ${whose}, which was to end ${dateInZone(endOf(facts), timeZone)}.`),
    ...packed.sections,
    ...(packed.left > 0 ? [context(`and ${packed.left} more`)] : []),
    section(nextSteps(facts, left[0])),
    context(`Access ${code(grant.id)} · tried again every minute until it works; this message says when it has.`),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function headline({ grant, now }: GrantFacts, left: readonly GrantHost[]): string {
  const word = grant.until <= now ? 'EXPIRED' : 'ENDED';
  return `${word}, NOT REVOKED on ${count(left.length, 'host')}: ${listHosts(left.map(({ host }) => host))}`;
}

function endOf({ grant }: GrantFacts): Date {
  const early = grant.endWish?.at;
  return early !== undefined && early < grant.until ? early : grant.until;
}

function hostLine({ host, user, note, tries, triedAt }: GrantHost): string {
  const last = triedAt === undefined ? '' : `, last ${slackTime(triedAt)}`;
  const why = sentence(note ?? 'no reason is known');
  return `• ${code(cut(host, LONGEST_NAME))}: account ${code(user)}, tried ${count(tries, 'time')}${last}: ${why}`;
}

/** The host knows the time by itself, which counts only for an end that comes at its time. */
function nextSteps({ grant, now, timeZone }: GrantFacts, first: GrantHost | undefined): string {
  const user = first?.user ?? '';
  const byItself =
    grant.until <= now
      ? 'The hosts let nobody in with that key any more by themselves; sessions that were open may go on.'
      : `*Until ${dateInZone(grant.until, timeZone)} the hosts let that key in:* only then do they end it by themselves.`;
  return [
    byItself,
    '👉 Make the host reachable again, and msops does the rest. If that takes long, end it there by hand, as root:',
    code(`chage -E 0 ${user}; pkill -KILL -u ${user}`),
  ].join('\n');
}
