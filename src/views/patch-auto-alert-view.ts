import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { AutoAlert } from '../services/patching/auto-watch-service.ts';
import type { AutoTrouble } from '../services/patching/watch-auto.ts';
import { context, packLines, section } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { formatAge, slackDate } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';
import { nameHosts } from './status-problems.ts';

const LONGEST_TEXT = 300;
const LIST_SECTIONS = 6;

/** Hosts of production that do not keep themselves patched, and what to do; once it is over, that it is. */
export function patchAutoAlertView(alert: AutoAlert): Message {
  const { troubles, recovered, now } = alert;
  const ref = `${alert.customer}/${alert.environment}`;
  if (troubles.length === 0) {
    return patchAutoOverView(alert);
  }
  const hosts = count(troubles.length, 'host');
  const text = `${LEVEL_ICONS.warning} ${ref}: security updates do not install as agreed on ${hosts}`;
  const { sections, left } = packLines(
    troubles.map((trouble) => describe(trouble, now)),
    LIST_SECTIONS,
  );
  const again = recovered.length > 0 ? ` Well again: ${nameHosts(recovered.map((host) => ({ host })))}.` : '';
  return {
    text,
    blocks: [
      section(`${LEVEL_ICONS.warning} *${escapeMrkdwn(ref)}*: security updates do not install as agreed on ${hosts}`),
      ...sections,
      ...(left > 0 ? [context(`${left} more hosts found no room here.`)] : []),
      section(adviceOf(troubles, ref)),
      context(`As of ${slackDate(now)}, checked every 6 hours.${again}`),
    ],
  };
}

/** A message of its own: an edit of one from days ago is seen by nobody. */
export function patchAutoOverView({ customer, environment, recovered, begun, now }: AutoAlert): Message {
  const ref = `${customer}/${environment}`;
  const lasted = formatAge(new Date(begun), now);
  const named = recovered.length > 0 ? `: ${nameHosts(recovered.map((host) => ({ host })))}` : '';
  const words = 'security updates install by themselves again';
  return {
    text: `${LEVEL_ICONS.ok} ${ref}: ${words}`,
    blocks: [section(`${LEVEL_ICONS.ok} *${escapeMrkdwn(ref)}*: ${words}${named}, after ${lasted}.`)],
  };
}

function describe({ host, kind, text, since, notSeen }: AutoTrouble, now: Date): string {
  const icon = kind === 'unknown' ? LEVEL_ICONS.unknown : LEVEL_ICONS.warning;
  const words = escapeMrkdwn(cut(text, LONGEST_TEXT));
  const age = formatAge(new Date(since), now);
  const told = age === '0 s' ? '' : ` (told ${age} ago)`;
  const unseen = notSeen === undefined ? '' : `; this time ${escapeMrkdwn(cut(notSeen, LONGEST_TEXT))}`;
  return `${icon} ${code(host)}: ${words}${told}${unseen}`;
}

function adviceOf(troubles: readonly AutoTrouble[], ref: string): string {
  const has = (...kinds: readonly AutoTrouble['kind'][]) => troubles.some(({ kind }) => kinds.includes(kind));
  const command = (words: string) => code(`${COMMAND_WORD} ${words}`);
  return [
    `→ ${command(`patch auto ${ref}`)} shows how it stands now.`,
    ...(has('off', 'stopped', 'never_ran') ? [`${command(`patch auto ${ref} --enable`)} asks to switch it on.`] : []),
    ...(has('overdue', 'stopped') ? [`${command(`patch apply ${ref} --security`)} asks to install what waits.`] : []),
  ].join(' ');
}
