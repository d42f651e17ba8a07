import type { KnownBlock, SectionBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import { refOf } from '../domain/environment-ref.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import { oldestCheckMs } from '../domain/watched.ts';
import type { AlertGroup, Silence } from '../services/alerts/alert.ts';
import { detailsButton, endSilenceButton } from './alert-buttons.ts';
import { alertHeadline, toldOf } from './alert-headline.ts';
import { acknowledgedLine, silenceLine } from './alert-lines.ts';
import { context, section, withButton } from './blocks.ts';
import { formatAge, slackDate } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { sentence } from './rollout-text.ts';

const SHOWN_GROUPS = 20;
const SHOWN_SILENCES = 15;
const SHOWN_CHECKS = 8;
/** A watched environment that was not looked at for so long is not known to be well. */
const LATE_MS = 60_000;

export interface AlertList {
  /** Worst first. */
  readonly groups: readonly AlertGroup[];
  readonly silences: readonly Silence[];
  /** Of the watched environments that were asked for. */
  readonly checks: readonly LastCheck[];
  readonly now: Date;
  /** Whether names of our people are shown, and buttons for them. */
  readonly isOps: boolean;
}

export interface LastCheck {
  readonly environment: Environment;
  /** Missing: nobody has checked it yet. */
  readonly at?: Date | undefined;
}

/** What is open, what is silenced, and how sure that is. */
export function alertListView(list: AlertList): Message {
  const { groups, silences, checks } = list;
  const text = headlineOf(list);
  const blocks = [
    section(`*${text}*`),
    ...groups.slice(0, SHOWN_GROUPS).map((group) => groupBlock(group, list)),
    ...leftOut(groups.length - SHOWN_GROUPS, 'more alerts found no room here. Name an environment to see them.'),
    ...(groups.length > 0 && checks.every((check) => !isLate(check, list.now)) ? [] : checkBlocks(list)),
    ...(silences.length > 0 ? [section('*Silences*')] : []),
    ...silences.slice(0, SHOWN_SILENCES).map((silence) => silenceBlock(silence, list)),
    ...leftOut(silences.length - SHOWN_SILENCES, 'more silences found no room here. Name an environment to see them.'),
  ] satisfies KnownBlock[];
  return { text, blocks };
}

function headlineOf({ groups, checks, now }: AlertList): string {
  if (groups.length > 0) {
    return `${alertHeadline(groups[0] as AlertGroup).icon} ${count(groups.length, 'open alert')}`;
  }
  if (checks.length === 0) {
    return `${LEVEL_ICONS.unknown} Nothing here is watched, so there are no alerts`;
  }
  return checks.some((check) => isLate(check, now))
    ? `${LEVEL_ICONS.unknown} No alert is open, but not everything was checked lately`
    : `${LEVEL_ICONS.ok} No alert is open`;
}

function groupBlock(group: AlertGroup, { now, isOps }: AlertList): SectionBlock {
  const { icon, ref, mrkdwn } = alertHeadline(group);
  const held = group.alerts.length - toldOf(group.alerts).length;
  const facts = [
    `for ${formatAge(group.begunAt, now)}`,
    group.owner === 'customer' ? "a service of the customer's own" : [],
    held > 0 ? `${held} held back` : [],
    acknowledgedLine(group, { isOps }) ?? 'nobody has acknowledged it',
  ].flat();
  return withButton(section(`${icon} *${ref}* · ${mrkdwn}\n      ${facts.join(' · ')}`), detailsButton(group));
}

function silenceBlock(silence: Silence, { isOps }: AlertList): SectionBlock {
  return withButton(section(silenceLine(silence, { isOps })), isOps ? endSilenceButton(silence) : undefined);
}

function leftOut(left: number, words: string): readonly KnownBlock[] {
  return left > 0 ? [context(`${left} ${words}`)] : [];
}

function checkBlocks({ checks, now }: AlertList): readonly KnownBlock[] {
  const lateFirst = checks.toSorted((one, other) => Number(isLate(other, now)) - Number(isLate(one, now)));
  const shown = lateFirst.slice(0, SHOWN_CHECKS).map((check) => context(checkLine(check, now)));
  return [...shown, ...leftOut(checks.length - SHOWN_CHECKS, 'more environments are watched.')];
}

function checkLine(check: LastCheck, now: Date): string {
  const { environment, at } = check;
  const icon = LEVEL_ICONS[isLate(check, now) ? 'unknown' : 'ok'];
  const ref = sentence(refOf(environment));
  return at === undefined
    ? `${icon} ${ref}: not checked yet, so I do not know how it is`
    : `${icon} ${ref}: last check ${formatAge(at, now)} ago, ${slackDate(at)}${isLate(check, now) ? ': I do not know how it is now' : ''}`;
}

function isLate({ environment, at }: LastCheck, now: Date): boolean {
  return at === undefined || now.getTime() - at.getTime() > oldestCheckMs(environment, LATE_MS);
}
