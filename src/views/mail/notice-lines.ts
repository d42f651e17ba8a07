import type { NoticeFacts } from '../../services/deliveries/notice-ports.ts';
import { isSomewhere, placeOf } from '../alert-headline.ts';
import { inSeverity, SIGNAL_WORDS } from '../alert-signals.ts';
import { COMMAND_WORD } from '../command-word.ts';
import { formatAge } from '../format-numbers.ts';
import { clean, cut } from '../mrkdwn.ts';
import { listed } from '../rollout-text.ts';
import { momentInWords } from './plain-times.ts';

const LONGEST_PLACE = 100;
const LONGEST_TEXT = 500;
const SHOWN_ADDRESSES = 10;

export interface NoticeLine {
  readonly severity: 'critical' | 'warning' | 'unknown' | 'ended';
  /** May be empty. */
  readonly place: string;
  readonly text: string;
  /** `since …` or `ended …`. */
  readonly when: string;
  /** Where the customer's monitoring shows it. */
  readonly source?: string | undefined;
}

type GroupFacts = Pick<NoticeFacts, 'group' | 'alerts' | 'timeZone'>;

/** What it is about, one line an alert: those that go on, and at the end those that have ended. */
export function noticeLines({ group, alerts, timeZone }: GroupFacts): readonly NoticeLine[] {
  const { signal, endedAt, ended } = group;
  if (endedAt !== undefined) {
    return ended.map((one) => ({
      severity: 'ended',
      place: placeIn(signal, one),
      text: `${SIGNAL_WORDS[signal].noun}${subjectOf(signal, one)}`,
      when: `ended ${momentInWords(one.at, timeZone)}`,
    }));
  }
  return alerts.map((alert) => ({
    severity: alert.severity,
    place: placeIn(signal, alert),
    text: alertText(alert),
    when: `since ${momentInWords(alert.firedAt ?? alert.since, timeZone)}`,
    source: alert.links?.source,
  }));
}

export function whenLine({ group: { begunAt, endedAt }, timeZone }: GroupFacts): string {
  const begun = momentInWords(begunAt, timeZone);
  return endedAt === undefined
    ? `Since ${begun}`
    : `Began ${begun}, over ${momentInWords(endedAt, timeZone)}, after ${formatAge(begunAt, endedAt)}`;
}

/** What to do with it; nothing once it is over, or when it was made up. Buttons are in the channels of our people alone. */
export function howToAcknowledge({ group, rule }: Pick<NoticeFacts, 'group' | 'rule'>): string | undefined {
  const { endedAt, isTest, customer, environment } = group;
  const command = `${COMMAND_WORD} alerts ${clean(customer)}/${clean(environment)}`;
  return endedAt !== undefined || isTest || rule.owner === 'customer'
    ? undefined
    : `To acknowledge it, press Acknowledge under it in Slack: ${command} lists it.`;
}

/** Who is told, and why. */
export function whyTold({ rule, isLate, step, group, customerName }: NoticeFacts): string {
  const all = rule.to.map((address) => clean(address));
  const left = all.length > SHOWN_ADDRESSES ? [`${all.length - SHOWN_ADDRESSES} more`] : [];
  const whom = listed([...all.slice(0, SHOWN_ADDRESSES), ...left]);
  const what = `alerts of ${clean(customerName)}, ${clean(group.environment)}`;
  if (step === 'end') {
    return `Sent to ${whom}, who were told when it began.`;
  }
  if (isLate) {
    return `Sent to ${whom} because Slack had not confirmed it 30 seconds after it was found.`;
  }
  const severities = group.isTest ? 'test' : listed(rule.severities);
  return `Sent to ${whom}, who are told of ${severities} ${what}.`;
}

function placeIn(
  signal: NoticeFacts['group']['signal'],
  one: { readonly host: string; readonly subject: string },
): string {
  return isSomewhere(signal, one.host) ? cut(clean(placeOf(signal, one)), LONGEST_PLACE) : '';
}

/** Who made it up is nobody's business outside. */
function alertText({ severity, text, isTest }: NoticeFacts['alerts'][number]): string {
  if (isTest) {
    return 'TEST: nothing is wrong';
  }
  const words = cut(clean(text), LONGEST_TEXT);
  return inSeverity(severity, words);
}

function subjectOf(
  signal: NoticeFacts['group']['signal'],
  { host, subject }: { host: string; subject: string },
): string {
  const saysNothing = SIGNAL_WORDS[signal].of === 'hop' || signal === 'external' || subject === '' || subject === host;
  return saysNothing ? '' : ` ${cut(clean(subject), LONGEST_PLACE)}`;
}
