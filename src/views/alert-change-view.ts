import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { Alert, AlertGroup } from '../services/alerts/alert.ts';
import type { GroupChange } from '../services/alerts/ports.ts';
import { alertText, placeName, subjectOf } from './alert-lines.ts';
import { ENDED_ICON, SEVERITY_ICONS } from './alert-signals.ts';
import { context, packLines } from './blocks.ts';
import { formatAge } from './format-numbers.ts';
import { cutMrkdwn } from './mrkdwn.ts';
import { sentence } from './rollout-text.ts';

const CHANGE_SECTIONS = 4;
const LONGEST_TEXT = 400;
const READ_BY_ALL = { isOps: false };

/** What one check has changed, for the thread. Customers read it too, so it names none of our people. */
export function alertChangeView(group: AlertGroup, { fired, worsened, ended }: GroupChange): Message {
  const named = (alert: Alert): string => placeName(group.signal, alert);
  const lines = [
    ...fired.map((alert) => `${SEVERITY_ICONS[alert.severity]} New: ${named(alert)}${alertText(alert, READ_BY_ALL)}`),
    ...worsened.map(
      (alert) => `${SEVERITY_ICONS[alert.severity]} Worse: ${named(alert)}${alertText(alert, READ_BY_ALL)}`,
    ),
    ...ended.map((alert) => `${ENDED_ICON} Ended: ${endedName(group.signal, alert)}`),
    ...(group.endedAt === undefined
      ? []
      : [`${ENDED_ICON} All over after ${formatAge(group.begunAt, group.endedAt)}.`]),
  ];
  const [only = 'Nothing has changed.'] = lines;
  const text = lines.length <= 1 ? only : summarize(group, { fired, worsened, ended });
  const packed = packLines(lines.length === 0 ? [only] : lines, CHANGE_SECTIONS);
  const left = packed.left > 0 ? [context(`${packed.left} more found no room here.`)] : [];
  return { text: cutMrkdwn(text, LONGEST_TEXT), blocks: [...packed.sections, ...left] };
}

/** What has no host is known by its words. */
function endedName(signal: AlertGroup['signal'], alert: Alert): string {
  const name = placeName(signal, alert).trim();
  return `${name === '' ? sentence(alert.text) : name}${subjectOf(signal, alert)}`;
}

function summarize({ endedAt, begunAt }: AlertGroup, { fired, worsened, ended }: GroupChange): string {
  const counted = [
    [fired, 'new'],
    [worsened, 'worse'],
    [ended, 'ended'],
  ] as const;
  const said = counted.flatMap(([alerts, word]) =>
    alerts.length > 0 ? `${count(alerts.length, 'alert')} ${word}` : [],
  );
  const over = endedAt === undefined ? [] : [`all over after ${formatAge(begunAt, endedAt)}`];
  const icon = SEVERITY_ICONS[[...fired, ...worsened][0]?.severity ?? 'unknown'];
  return `${fired.length + worsened.length > 0 ? icon : ENDED_ICON} ${[...said, ...over].join(', ')}`;
}
