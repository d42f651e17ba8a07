import { count } from '../../domain/count.ts';
import type { NoticeFacts } from '../../services/deliveries/notice-ports.ts';
import { isSomewhere, placeOf } from '../alert-headline.ts';
import { SIGNAL_WORDS } from '../alert-signals.ts';
import { formatAge } from '../format-numbers.ts';
import { clean, cut } from '../mrkdwn.ts';

const NAMED = 5;
const LONGEST_NAME = 60;
const LONGEST_TITLE = 100;
const TEST_WORDS = 'nothing is wrong, a made-up alert shows where alerts arrive';

export interface NoticeHeadline {
  readonly level: 'CRITICAL' | 'WARNING' | 'UNKNOWN' | 'RESOLVED';
  /** The level, which says when it is made up: `TEST WARNING`. */
  readonly label: string;
  /** `acme/prod`. */
  readonly ref: string;
  /** `disk filling up on apim-1`; plain text. */
  readonly what: string;
}

const LEVELS = { critical: 'CRITICAL', warning: 'WARNING', unknown: 'UNKNOWN' } as const;

export function noticeHeadline(facts: Pick<NoticeFacts, 'group' | 'alerts' | 'severity'>): NoticeHeadline {
  const { group, severity } = facts;
  const isOver = group.endedAt !== undefined;
  const words = isOver ? whatIsOver(facts) : whatIsWrong(facts);
  const level = isOver ? 'RESOLVED' : LEVELS[severity];
  return {
    level,
    label: group.isTest ? `TEST ${level}` : level,
    ref: clean(`${group.customer}/${group.environment}`),
    what: group.isTest ? TEST_WORDS : `${titleOf(group)}${words}`,
  };
}

function whatIsWrong({ group: { signal }, alerts }: Pick<NoticeFacts, 'group' | 'alerts'>): string {
  const { wrong, unknown } = SIGNAL_WORDS[signal];
  const parts = [...Map.groupBy(alerts, ({ severity }) => (severity === 'unknown' ? unknown : wrong))];
  return parts.map(([words, about]) => `${words} ${places(signal, about)}`.trim()).join('; ');
}

function whatIsOver({ group, alerts }: Pick<NoticeFacts, 'group' | 'alerts'>): string {
  const { signal, begunAt, endedAt = begunAt, ended } = group;
  const preposition = SIGNAL_WORDS[signal].of === 'hop' ? 'through' : 'on';
  const where = places(signal, ended.length > 0 ? ended : alerts);
  return `${SIGNAL_WORDS[signal].noun}${where === '' ? '' : ` ${preposition} ${where}`}, over after ${formatAge(begunAt, endedAt)}`;
}

type Places = readonly { readonly host: string; readonly subject: string }[];

function places(signal: NoticeFacts['group']['signal'], about: Places): string {
  const all = about.filter(({ host }) => isSomewhere(signal, host)).map((one) => placeOf(signal, one));
  const names = [...new Set(all)];
  const named = names.slice(0, NAMED).map((name) => cut(clean(name), LONGEST_NAME));
  const left = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `${names.length > 1 ? `${count(names.length, SIGNAL_WORDS[signal].of)}: ` : ''}${named.join(', ')}${left}`;
}

function titleOf({ title }: NoticeFacts['group']): string {
  return title === undefined ? '' : `${cut(clean(title), LONGEST_TITLE)}: `;
}
