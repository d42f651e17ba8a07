import type { KnownBlock } from '@slack/types';
import { listSome } from '../domain/list-some.ts';
import type { Message } from '../domain/message.ts';
import type { AuditEntry } from '../services/audit/ports.ts';
import { context, packLines, section } from './blocks.ts';
import { slackDate } from './format-numbers.ts';
import { code, cut, cutMrkdwn, escapeMrkdwn } from './mrkdwn.ts';
import { said } from './said.ts';

const ENTRY_SECTIONS = 10;
const LONGEST_ENTRY = 700;
const SHOWN_REASON = 300;
const LONGEST_NAME = 60;
const NAMED_HOSTS = 5;

const ICONS: Record<AuditEntry['result'], string> = { started: '▶️', succeeded: '✅', failed: '❌', denied: '🚫' };

/**
 * @param entries newest first.
 * @param since as it was asked for, e.g. `24h`.
 */
export function auditView(entries: readonly AuditEntry[], since: string): Message {
  const period = `in the last ${code(cut(since, LONGEST_NAME))}`;
  if (entries.length === 0) {
    return said(`Nothing was written down ${period} that you may see.`);
  }
  const packed = packLines(entries.map(describeEntry), ENTRY_SECTIONS);
  const shown = entries.length - packed.left;
  const text = `The newest ${shown === 1 ? 'entry' : `${shown} entries`} of the audit log ${period}`;
  const narrower = `Older ones: narrow it with ${code('--who')}, ${code('--env')} or ${code('--since')}.`;
  const blocks = [section(`*${text}*`), ...packed.sections, context(narrower)] satisfies KnownBlock[];
  return { text, blocks };
}

function describeEntry(entry: AuditEntry): string {
  const { seq, at, actor, actorName, action, result, reason } = entry;
  const who = `*${escapeMrkdwn(cut(actorName, LONGEST_NAME))}* (${code(cut(actor, LONGEST_NAME))})`;
  const why = reason ? `: ${cutMrkdwn(escapeMrkdwn(reason), SHOWN_REASON)}` : '';
  const line = `${ICONS[result]} #${seq} ${slackDate(at)} ${who} ${code(cut(action, LONGEST_NAME))}${target(entry)} ${result}${why}`;
  return cutMrkdwn(line, LONGEST_ENTRY);
}

function target({ customer, environment, hosts = [] }: AuditEntry): string {
  const place = [customer, environment].filter((part) => part !== undefined).join('/');
  const names = hosts.map((host) => cut(host, LONGEST_NAME));
  const where = place === '' ? '' : ` on ${escapeMrkdwn(cut(place, LONGEST_NAME))}`;
  return names.length > 0 ? `${where} (${escapeMrkdwn(listSome(names, NAMED_HOSTS))})` : where;
}
