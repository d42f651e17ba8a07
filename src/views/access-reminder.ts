import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import type { Grant } from '../services/access/grant.ts';
import type { GrantFacts } from '../services/access/ports.ts';
import { ownButtons } from './access-buttons.ts';
import { grantRef } from './access-state.ts';
import { actions, context, section } from './blocks.ts';
import { formatDuration } from './format-numbers.ts';
import { personName, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

/** Before the end, where others may read along. */
export function accessReminder(facts: GrantFacts): Message {
  const { grant, timeZone, now } = facts;
  const left = formatDuration((grant.until.getTime() - now.getTime()) / 1000);
  const text = `⏰ ${mentionOf(grant)}, your read-only access to ${sentence(grantRef(grant))} ends in ${left}`;
  const extension = grant.extension === undefined ? [] : ['A later end is asked for and not approved yet.'];
  const blocks = [
    section(`${text}, ${dateInZone(grant.until, timeZone)}. Sessions that are open then are ended.`),
    ...extension.map(section),
    ...actions(...ownButtons(facts)),
    context('An extension is a new request that has to be approved. Done ends it now.'),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function mentionOf({ userId, person }: Grant): string {
  return /^[UW][A-Z0-9]+$/.test(userId) ? `<@${userId}>` : personName(person);
}
