import type { Message } from '../domain/message.ts';
import type { Rejection, SentResult, UnsentResult } from '../services/deliveries/delivery.ts';
import type { DeliveryTroubleFacts, PassedOverFacts } from '../services/deliveries/dispatch-ports.ts';
import { context, section } from './blocks.ts';
import { addresseesOf, namedAll, WAYS } from './delivery-addressees.ts';
import { formatDuration } from './format-numbers.ts';
import { code, cutMrkdwn, escapeMrkdwn } from './mrkdwn.ts';
import { sentence } from './rollout-text.ts';

const LONGEST_TEXT = 400;
const LONGEST_LINE = 700;
const SHOWN_REJECTIONS = 8;
const WORTH_SAYING_SECONDS = 60;
const OTHER_WAY = 'Tell them in another way if it matters now.';

/** Who was not reached, why, and what to do; for our people, under the alert that it is about. */
export function deliveryTroubleView(facts: DeliveryTroubleFacts): Message {
  const [first = '', ...rest] = linesOf(facts);
  const about = `Incident ${code(facts.delivery.incident)} of ${sentence(facts.customerName)}`;
  const text = [first, ...rest].map((line) => cutMrkdwn(line, LONGEST_LINE)).join('\n');
  return { text: cutMrkdwn(first, LONGEST_TEXT), blocks: [section(text), context(about)] };
}

/** A way that did not work though another one did: somebody has to look at it before both fail. */
export function passedOverView({ customerName, what, by }: PassedOverFacts): Message {
  const first = `⚠️ Mail of ${sentence(customerName)} takes another way: ${code(by)}. The first one did not take it.`;
  const text = `${first}\n${cutMrkdwn(escapeMrkdwn(what), LONGEST_LINE)}\nThis is said once a day.`;
  return { text: first, blocks: [section(text)] };
}

function linesOf({ delivery, settlement, now }: DeliveryTroubleFacts): readonly string[] {
  const way = WAYS[delivery.content.kind];
  const whom = addresseesOf(delivery.content);
  const seconds = (now.getTime() - delivery.dueAt.getTime()) / 1000;
  const [late, isLong] = [formatDuration(seconds), seconds >= WORTH_SAYING_SECONDS];
  switch (settlement.kind) {
    case 'refused':
      return [`❌ ${way} to ${whom} was not sent, and is not tried again.`, ...whyOf(settlement.result), OTHER_WAY];
    case 'again': {
      const next = `It is tried again in ${formatDuration(settlement.inMs / 1000)}.`;
      return [
        `⏳ ${way} to ${whom} is not out yet${isLong ? `, ${late} after it was due` : ''}.`,
        ...whyOf(settlement.result),
        next,
      ];
    }
    case 'not_needed':
      return [`✅ ${way} to ${whom} could not be sent, and is needed no more: Slack has the alert.`];
    case 'sent':
      return sentLines({ way, whom, late }, settlement.result);
  }
}

function sentLines(
  { way, whom, late }: { way: string; whom: string; late: string },
  { rejected }: SentResult,
): readonly string[] {
  if (rejected.length === 0) {
    return [`✅ ${way} to ${whom} went out, ${late} after it was due.`];
  }
  const names = namedAll(rejected.map(({ recipient }) => recipient));
  const next = 'Correct them in the notices of msops.yml, or ask whoever runs the other side why.';
  return [`⚠️ ${way} was taken, but not for ${names}.`, ...rejectionLines(rejected), next];
}

function whyOf(result: UnsentResult | undefined): readonly string[] {
  if (result === undefined) {
    return [];
  }
  return [escapeMrkdwn(result.trouble.text), ...(result.kind === 'refused' ? rejectionLines(result.rejected) : [])];
}

function rejectionLines(rejected: readonly Rejection[]): readonly string[] {
  const shown = rejected.slice(0, SHOWN_REJECTIONS);
  const left = rejected.length - shown.length;
  return [
    ...shown.map(({ recipient, reason }) => `• ${code(recipient)}: ${escapeMrkdwn(reason)}`),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}
