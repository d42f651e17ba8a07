import type { KnownBlock } from '@slack/types';
import type { Message } from '../domain/message.ts';
import type { Grant } from '../services/access/grant.ts';
import { requestButton } from './access-buttons.ts';
import { grantRef } from './access-state.ts';
import { wishInWords } from './access-text.ts';
import { actions, context, packLines, section } from './blocks.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';
import { personName, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

const LONGEST_NAME = 60;
const PROBLEM_SECTIONS = 3;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Stays in the shared channel, for the people of the customer. */
export function accessRequestCard(customer: Named): Message {
  const name = escapeMrkdwn(cut(customer.name, LONGEST_NAME));
  const text = `🔑 Read-only access to the systems of ${name}`;
  const blocks = [
    section(
      `*${text}*\nDashboards, or a Linux account that can only read: for a time, for one person, with a reason. It has to be approved, and it ends by itself.`,
    ),
    ...actions(requestButton(customer.id)),
    context(`For people of ${name}. ${code('@msops access')} in this channel does the same.`),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

/** For whoever put it there. */
export function cardPostedView(): Message {
  const text =
    '📌 The card with the button is in this channel. Pin it, so that it is found: point at it, then ⋮ → “Pin to channel”. I keep it up to date and post no second one.';
  return { text, blocks: [section(text)] };
}

/** A mention opens no form, so it answers with the button that does. */
export function accessOfferView(customers: readonly Named[]): Message {
  const text = 'Read-only access, for you alone and for a time:';
  const [only, ...others] = customers;
  const label = ({ name }: Named): string | undefined => (others.length > 0 ? `Request access: ${name}` : undefined);
  const blocks = [
    section(text),
    ...actions(...customers.slice(0, 5).map((customer) => requestButton(customer.id, label(customer)))),
  ] satisfies KnownBlock[];
  return { text, blocks: only === undefined ? [section(text)] : blocks };
}

export function accessAskedView(grant: Grant, timeZone: string): Message {
  const text = `📨 Asked for: ${wishInWords(grant.wish)} in *${sentence(grantRef(grant))}* until ${dateInZone(grant.until, timeZone)}.`;
  const next = `You are told here when it is there. The card of access ${code(grant.id)} shows how it stands.`;
  return { text, blocks: [section(`${text}\n${next}`)] };
}

/** @param again what the button remembers: the form as it was filled in, but for the key. */
export function accessRefusedView(again: string, problems: readonly string[]): Message {
  const text = '🚫 Nothing was asked for';
  const packed = packLines(
    problems.map((problem) => `• ${sentence(problem)}`),
    PROBLEM_SECTIONS,
  );
  const blocks = [
    section(`*${text}*, because of this:`),
    ...packed.sections,
    ...actions(requestButton(again, 'Fill it in again')),
  ] satisfies KnownBlock[];
  return { text: `${text}: ${problems.map(sentence).join(' ')}`, blocks };
}

export function extensionAskedView({ id, extension }: Grant, timeZone: string): Message {
  const until = extension === undefined ? '' : ` until ${dateInZone(extension.until, timeZone)}`;
  const text = `📨 A later end of access ${code(id)} is asked for${until}. The old one counts until that is approved.`;
  return { text, blocks: [section(text)] };
}

export function accessEndedView(grant: Grant): Message {
  const whose = `access ${code(grant.id)} of ${personName(grant.person)} to *${sentence(grantRef(grant))}*`;
  const how = grant.state === 'withdrawn' ? '↩️ Taken back' : grant.state === 'ended' ? '🔒 Ended' : '⏹️ Being ended';
  const text = `${how}: ${whose}. Its card shows how that goes.`;
  return { text, blocks: [section(text)] };
}
