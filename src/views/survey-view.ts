import type { KnownBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import { refOf } from '../domain/environment-ref.ts';
import type { Environment, Host } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import { context, packLines, section, type TableColumn, table } from './blocks.ts';
import { slackDate } from './format-numbers.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { cut, escapeMrkdwn } from './mrkdwn.ts';
import { NOTHING } from './status-cells.ts';
import { describeProblems, type JudgedHost } from './status-problems.ts';

const PROBLEM_SECTIONS = 4;
const LONGEST_SUMMARY = 600;
const LONGEST_NAME = 80;
const LONGEST_HOST = 40;

export interface SurveySelection {
  readonly customer: string;
  readonly environment: Environment;
  readonly hosts: readonly Host[];
}

/** What hosts were asked for and what they said so far. */
export interface SurveyFacts<Report> {
  readonly selection: SurveySelection;
  /** Worst first. */
  readonly reports: readonly Report[];
  readonly isFinal: boolean;
  readonly now: Date;
  readonly askedBy: string;
}

/** How one kind of survey is shown. */
export interface SurveyWords<Report> {
  readonly columns: readonly TableColumn[];
  /** Cells of a host that was reached, after the first. */
  cells(report: Report): readonly string[];
  /** Of a host that was not: what stands in its second cell. */
  short(report: Report): string;
  /** One line of plain text. */
  summarize(reports: readonly Report[]): string;
  /** Below the problems, when all have answered. */
  details(facts: SurveyFacts<Report>): readonly KnownBlock[];
  readonly legend: string;
}

/** One row a host, worst first, then what is wrong, then the details; while hosts answer the table alone. */
export function surveyView<Report extends JudgedHost>(facts: SurveyFacts<Report>, words: SurveyWords<Report>): Message {
  const { selection, reports, isFinal, now, askedBy } = facts;
  const icon = isFinal ? LEVEL_ICONS[reports[0]?.level ?? 'unknown'] : LEVEL_ICONS.waiting;
  const summary = escapeMrkdwn(cut(isFinal ? words.summarize(reports) : progressOf(facts), LONGEST_SUMMARY));
  const ref = escapeMrkdwn(refOf(selection.environment));
  const rows = [...reports.map((report) => reportRow(report, words)), ...waitingRows(facts, words.columns)];
  const fitted = table(words.columns, rows);
  const problems = packLines(describeProblems(reports), PROBLEM_SECTIONS);
  const blocks = [
    section(`${icon} *${ref}*: ${summary}`),
    ...(reports.length > 0 ? [fitted.block] : []),
    ...(fitted.left > 0
      ? [context(`${fitted.left} more hosts found no room in the table. Name hosts to see them.`)]
      : []),
    ...problems.sections,
    ...(problems.left > 0 ? [context(`${problems.left} more hosts have findings. Name hosts to read them.`)] : []),
    ...(isFinal ? words.details(facts) : []),
    ...(isFinal
      ? [context(`As of ${slackDate(now)}, asked by ${escapeMrkdwn(cut(askedBy, LONGEST_NAME))}. ${words.legend}`)]
      : []),
  ] satisfies KnownBlock[];
  return { text: `${icon} ${ref}: ${summary}`, blocks };
}

function progressOf<Report>({ selection: { hosts }, reports }: SurveyFacts<Report>): string {
  const asking = `asking ${count(hosts.length, 'host')}…`;
  return reports.length > 0 ? `${asking} ${reports.length} answered` : asking;
}

function reportRow<Report extends JudgedHost>(report: Report, words: SurveyWords<Report>): readonly string[] {
  const name = `${LEVEL_ICONS[report.level]} ${cut(report.host, LONGEST_HOST)}`;
  const cells = words.cells(report);
  return cells.length > 0 ? [name, ...cells] : [name, words.short(report), ...nothing(words.columns)];
}

function waitingRows<Report extends JudgedHost>(
  { selection, reports }: SurveyFacts<Report>,
  columns: readonly TableColumn[],
): readonly (readonly string[])[] {
  const answered = new Set(reports.map(({ host }) => host));
  return selection.hosts
    .filter(({ name }) => !answered.has(name))
    .map(({ name }) => [`${LEVEL_ICONS.waiting} ${cut(name, LONGEST_HOST)}`, 'waiting', ...nothing(columns)]);
}

function nothing(columns: readonly TableColumn[]): readonly string[] {
  return Array.from({ length: columns.length - 2 }, () => NOTHING);
}
