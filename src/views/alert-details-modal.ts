import type { KnownBlock, ModalView } from '@slack/types';
import type { HostReport } from '../domain/host-report.ts';
import type { AlertGroup } from '../services/alerts/alert.ts';
import type { AlertGroupFacts } from '../services/alerts/ports.ts';
import type { MetricChart } from '../services/metrics/metrics-service.ts';
import { alertHeadline, toldOf } from './alert-headline.ts';
import { acknowledgedLine, alertLine, endedLine, runbookLine, silenceLine } from './alert-lines.ts';
import { SIGNAL_WORDS } from './alert-signals.ts';
import { context, packLines, section } from './blocks.ts';
import { chartImage } from './chart-view.ts';
import { COMMAND_WORD } from './command-word.ts';
import { formatAge, slackDate } from './format-numbers.ts';
import { describeHopFailure } from './hop-failure-words.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { modal } from './modal.ts';
import { code, cutMrkdwn } from './mrkdwn.ts';
import { listHosts, sentence } from './rollout-text.ts';
import { dateInZone } from './rollout-times.ts';

/** Slack refuses a view above 250 kB; our lines have up to three bytes a character. */
const DETAIL_SECTIONS = 25;
const LONGEST_LINE = 2_900;
const SHOWN_FINDINGS = 6;

export interface AlertDetails {
  readonly facts: AlertGroupFacts;
  /** The last of each host of the environment, worst first; empty when it is not known any more. */
  readonly reports: readonly HostReport[];
  /** Missing: what it is about has no numbers over time. */
  readonly chart?: AlertChart | undefined;
}

export type AlertChart =
  | { readonly kind: 'awaited' }
  | { readonly kind: 'drawn'; readonly fileId: string; readonly chart: MetricChart }
  | { readonly kind: 'missing'; readonly reason: string };

/** Everything that is known of a group, over its message. Nothing in it can be submitted. */
export function alertDetailsModal({ facts, reports, chart }: AlertDetails): ModalView {
  const { group } = facts;
  const { icon, ref, mrkdwn } = alertHeadline(group);
  const lines = detailLines(facts, reports).map((line) => cutMrkdwn(line, LONGEST_LINE));
  const packed = packLines(lines, DETAIL_SECTIONS);
  const command = code(`${COMMAND_WORD} status ${group.customer}/${group.environment} <host> …`);
  return modal({
    title: `Alert ${group.id}`,
    blocks: [
      section(`${icon} *${ref}* · ${mrkdwn}`),
      ...chartBlocks(chart),
      ...packed.sections,
      ...(packed.left > 0
        ? [context(`${packed.left} more lines found no room here. Some hosts alone: ${command}`)]
        : []),
    ],
  });
}

function chartBlocks(chart: AlertChart | undefined): readonly KnownBlock[] {
  switch (chart?.kind) {
    case undefined:
      return [];
    case 'awaited':
      return [context('📈 The chart of the last 3 h is being drawn …')];
    case 'drawn':
      return [chartImage(chart.fileId, chart.chart)];
    case 'missing':
      return [context(`📉 There is no chart: ${sentence(chart.reason)}`)];
  }
}

function detailLines(facts: AlertGroupFacts, reports: readonly HostReport[]): readonly string[] {
  const { group, silences, timeZone } = facts;
  const told = toldOf(group.alerts);
  const suppressed = group.alerts.filter((alert) => !told.includes(alert));
  return [
    `*Since* ${dateInZone(group.begunAt, timeZone)}${endOf(group)}`,
    acknowledgedLine(group, facts) ?? (group.endedAt === undefined ? 'Nobody has acknowledged it.' : []),
    runbookLine(facts) ?? [],
    heading(
      'Alerts',
      told.map((alert) => alertLine(alert, group, facts)),
    ),
    heading(
      'Held back',
      suppressed.map((alert) => alertLine(alert, group, facts)),
    ),
    heading(
      'Silences',
      silences.map((silence) => silenceLine(silence, facts)),
    ),
    heading(
      'Ended',
      group.ended.map((one) => endedLine(group.signal, one)),
    ),
    heading('Last checks', checkLines(facts, reports)),
  ].flat();
}

function endOf({ endedAt, begunAt }: AlertGroup): string {
  return endedAt === undefined ? '' : ` *to* ${slackDate(endedAt)}: ${formatAge(begunAt, endedAt)}`;
}

function heading(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`\n*${title}*`, ...lines] : [];
}

/** Of the hosts that it is about; of all of them where it is about the way to them. */
function checkLines({ group, now }: AlertGroupFacts, reports: readonly HostReport[]): readonly string[] {
  const about = new Set([...group.alerts, ...group.ended].map(({ host }) => host));
  const isAboutHosts = SIGNAL_WORDS[group.signal].of === 'host';
  const shown = reports.filter(({ host }) => !isAboutHosts || about.has(host));
  const reported = new Set(reports.map(({ host }) => host));
  const unseen = isAboutHosts ? [...about].filter((host) => !reported.has(host)) : [];
  return [
    ...shown.map((report) => checkLine(report, now)),
    ...unseen.map((host) => `${LEVEL_ICONS.unknown} ${listHosts([host])} unknown: there is no check of it`),
  ];
}

function checkLine({ host, level, findings, failure, checkedAt }: HostReport, now: Date): string {
  const found = findings.slice(0, SHOWN_FINDINGS).map(({ text }) => sentence(text));
  const left = findings.length > SHOWN_FINDINGS ? [`${findings.length - SHOWN_FINDINGS} more`] : [];
  const failed = failure === undefined ? [] : [sentence(describeHopFailure(failure).what).replace(/\.$/, '')];
  const said = [...failed, ...found, ...left].join('; ') || level;
  return `${LEVEL_ICONS[level]} ${listHosts([host])} ${said} · checked ${formatAge(checkedAt, now)} ago`;
}
