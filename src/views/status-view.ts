import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import { refOf } from '../domain/environment-ref.ts';
import type { HostReport } from '../domain/host-report.ts';
import type { Environment, Host } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import { actions, button, context, packLines, section, table } from './blocks.ts';
import { COMMAND_WORD } from './command-word.ts';
import { slackDate, UNKNOWN } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';
import { said } from './said.ts';
import { NOTHING, STATUS_COLUMNS, statusRow, waitingRow } from './status-cells.ts';
import { describeProblems } from './status-problems.ts';
import { summarizeReports } from './status-summary.ts';

/** Action id of the button below a finished status; its value is JSON of `environment`, `hosts`, `key`. */
export const CHECK_AGAIN = 'host.check_again';

const PROBLEM_SECTIONS = 4;
const LONGEST_SUMMARY = 600;
const LONGEST_NAME = 80;

/** The hosts that were asked for. */
export interface StatusSelection {
  readonly customer: string;
  readonly environment: Environment;
  readonly hosts: readonly Host[];
}

export interface StatusFacts {
  readonly selection: StatusSelection;
  /** Of the hosts that answered so far, worst first. */
  readonly reports: readonly HostReport[];
  readonly now: Date;
  readonly isFinal: boolean;
  /** Of the message, so that its button edits it. */
  readonly key: string;
  /** Slack shows nobody else what was typed, so the answer says whose it is. */
  readonly askedBy: string;
}

/** Shown at once, before any host answered. */
export function statusCheckingView(selection: StatusSelection): Message {
  const text = `${LEVEL_ICONS.waiting} ${escapeMrkdwn(refOf(selection.environment))}: checking ${count(selection.hosts.length, 'host')}…`;
  return said(text);
}

/** While hosts answer (`isFinal: false`) and at the end. The summary comes first, the worst hosts come first. */
export function statusView(facts: StatusFacts): Message {
  const { selection, reports, now, isFinal, key } = facts;
  const headline = isFinal ? finalHeadline(selection, reports) : partialHeadline(selection, reports);
  const answered = reports.map((report) => statusRow(report, now));
  const waiting = unanswered(selection, reports).map(({ name }) => waitingRow(name));
  const fitted = table(STATUS_COLUMNS, [...answered, ...waiting]);
  const problems = packLines(describeProblems(reports), PROBLEM_SECTIONS);
  const blocks = [
    section(headline.mrkdwn),
    ...(fitted.block.rows.length > 1 ? [fitted.block] : []),
    ...(fitted.left > 0 ? [context(howToNarrow(selection, fitted.left))] : []),
    ...problems.sections,
    ...(problems.left > 0 ? [context(morePlease(selection, problems.left))] : []),
    context(legend(answered.flat(), facts)),
    ...(isFinal ? actions(button('Check again', CHECK_AGAIN, rememberedCheck(selection, key))) : []),
  ] satisfies KnownBlock[];
  return { text: headline.text, blocks };
}

interface Headline {
  readonly text: string;
  readonly mrkdwn: string;
}

function finalHeadline(selection: StatusSelection, reports: readonly HostReport[]): Headline {
  const summary = escapeMrkdwn(cut(summarizeReports(reports), LONGEST_SUMMARY));
  const ref = escapeMrkdwn(refOf(selection.environment));
  const icon = LEVEL_ICONS[reports[0]?.level ?? 'unknown'];
  return { text: `${icon} ${ref}: ${summary}`, mrkdwn: `${icon} *${ref}*: ${summary}` };
}

function partialHeadline(selection: StatusSelection, reports: readonly HostReport[]): Headline {
  const progress = `checking ${count(selection.hosts.length, 'host')}… ${reports.length} answered`;
  const ref = escapeMrkdwn(refOf(selection.environment));
  const icon = LEVEL_ICONS.waiting;
  return { text: `${icon} ${ref}: ${progress}`, mrkdwn: `${icon} *${ref}*: ${progress}` };
}

function unanswered({ hosts }: StatusSelection, reports: readonly HostReport[]): readonly Host[] {
  const answered = new Set(reports.map(({ host }) => host));
  return hosts.filter(({ name }) => !answered.has(name));
}

function howToNarrow(selection: StatusSelection, left: number): string {
  const command = code(`${COMMAND_WORD} status ${refOf(selection.environment)} <host> …`);
  return `${count(left, 'host')} more found no room in the table; the worst are shown first. Name hosts to see them: ${command}`;
}

function morePlease(selection: StatusSelection, left: number): string {
  const command = code(`${COMMAND_WORD} status ${refOf(selection.environment)} <host> …`);
  return `${left} more ${left === 1 ? 'host has' : 'hosts have'} findings. Name hosts to read them: ${command}`;
}

/** Explains only what is there to be explained. */
function legend(cells: readonly string[], { now, askedBy }: StatusFacts): string {
  const has = (word: string): boolean => cells.some((cell) => cell.includes(word));
  return [
    `As of ${slackDate(now)}, asked by ${escapeMrkdwn(cut(askedBy, LONGEST_NAME))}. JVM heap: used of max, then the old generation.`,
    ...(has(UNKNOWN) ? ['“unknown” could not be measured and does not count as healthy.'] : []),
    ...(has(NOTHING) ? ['“–” there is nothing to measure, or the host was not reached.'] : []),
  ].join(' ');
}

/** The value of the button; all hosts are those of the time when somebody presses it. */
export function rememberedCheck({ environment, hosts }: Pick<StatusSelection, 'environment' | 'hosts'>, key: string) {
  const isAll = hosts.length === environment.hosts.length;
  const names = isAll ? [] : hosts.map(({ name }) => name);
  return JSON.stringify({ environment: refOf(environment), hosts: names, key });
}
