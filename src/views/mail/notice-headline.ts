import type { NoticeFacts } from '../../services/deliveries/notice-ports.ts';
import { overWords, shortNames, wrongWords } from '../alert-headline.ts';
import { formatAge } from '../format-numbers.ts';
import { clean, cut } from '../mrkdwn.ts';

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
  const words = isOver ? whatIsOver(facts) : wrongWords(group.signal, facts.alerts, plainNames);
  const level = isOver ? 'RESOLVED' : LEVELS[severity];
  return {
    level,
    label: group.isTest ? `TEST ${level}` : level,
    ref: clean(`${group.customer}/${group.environment}`),
    what: group.isTest ? TEST_WORDS : `${titleOf(group)}${words}`,
  };
}

function whatIsOver({ group, alerts }: Pick<NoticeFacts, 'group' | 'alerts'>): string {
  const { signal, begunAt, endedAt = begunAt, ended } = group;
  const words = overWords(signal, ended.length > 0 ? ended : alerts, plainNames);
  return `${words}, over after ${formatAge(begunAt, endedAt)}`;
}

function plainNames(names: readonly string[]): string {
  return shortNames(names, clean);
}

function titleOf({ title }: NoticeFacts['group']): string {
  return title === undefined ? '' : `${cut(clean(title), LONGEST_TITLE)}: `;
}
