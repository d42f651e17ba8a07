import type { Message } from '../domain/message.ts';
import type { GapFacts } from '../services/deliveries/dispatch-ports.ts';
import type { DeliveryRecord } from '../services/deliveries/ports.ts';
import { section } from './blocks.ts';
import { addresseesOf, WAYS } from './delivery-addressees.ts';
import { formatDuration, slackTime } from './format-numbers.ts';
import { code } from './mrkdwn.ts';

const SHOWN = 10;

/** For the thread of an alert that Slack took late. */
export function deliveryGapView({ putAt, postedAt, before }: GapFacts): Message {
  const late = formatDuration((postedAt.getTime() - putAt.getTime()) / 1000);
  const shown = before.slice(0, SHOWN).map(lineOf);
  const left = before.length > SHOWN ? [`and ${before.length - SHOWN} more`] : [];
  const first = `⏱️ Slack has this alert ${late} late: it was found ${slackTime(putAt)} and could be shown here ${slackTime(postedAt)}.`;
  const told = before.length > 0 ? 'Told before:' : 'Nobody was told before that in another way.';
  const text = [first, told, ...shown, ...left].join('\n');
  return { text: `⏱️ Slack has this alert ${late} late. ${told.replace(':', '')}`.trim(), blocks: [section(text)] };
}

function lineOf({ delivery, settledAt, last }: DeliveryRecord): string {
  const by = last?.kind === 'sent' ? `, by ${code(last.by)}` : '';
  const when = settledAt === undefined ? '' : ` ${slackTime(settledAt)}`;
  return `• ${WAYS[delivery.content.kind]} to ${addresseesOf(delivery.content)}${when}${by}`;
}
