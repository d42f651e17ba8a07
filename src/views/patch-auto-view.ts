import { count } from '../domain/count.ts';
import type { Message } from '../domain/message.ts';
import type { AutoSample } from '../services/patching/auto-sample.ts';
import type { AutoReport } from '../services/patching/patch-service.ts';
import { formatAge, formatDuration, UNKNOWN } from './format-numbers.ts';
import { shortHopFailure } from './hop-failure-words.ts';
import { securityCell } from './patch-plan-view.ts';
import { AUTO_VERDICTS } from './patch-verdicts.ts';
import { NOTHING } from './status-cells.ts';
import { type SurveyFacts, surveyView } from './survey-view.ts';

/** Whether each host keeps itself patched. */
export function patchAutoView(facts: SurveyFacts<AutoReport>): Message {
  return surveyView(facts, {
    columns: [
      { title: 'Host' },
      { title: 'Automatic updates' },
      { title: 'By' },
      { title: 'Takes in' },
      { title: 'Last run', align: 'right' },
      { title: 'Last result' },
      { title: 'Security pending', align: 'right' },
      { title: 'Reboot' },
    ],
    cells: (report) => autoCells(report, facts.now),
    short: ({ failure }) => (failure ? shortHopFailure(failure) : UNKNOWN),
    summarize,
    details: () => [],
    legend:
      '“works”: switched on, started by a timer that is active, ran lately on fresh lists, and takes in security updates. Nothing was changed.',
  });
}

const TELLING_MS = 3_600_000;

function autoCells({ verdict, sample, waiting }: AutoReport, now: Date): readonly string[] {
  if (sample === undefined) {
    return [];
  }
  const { mechanism, os } = sample;
  const { rebootNeeded } = os.kernel;
  return [
    AUTO_VERDICTS[verdict],
    mechanism ?? UNKNOWN,
    ...(mechanism === 'none' ? [NOTHING, NOTHING, NOTHING] : runCells(sample)),
    waitingCell(securityCell(os), waiting, now),
    rebootNeeded === undefined ? UNKNOWN : rebootNeeded ? 'needed' : 'no',
  ];
}

/** `2, for 12 d`: how long the longest is known to wait. What was first seen just now may wait for longer than that. */
function waitingCell(count: string, waiting: AutoReport['waiting'], now: Date): string {
  const [longest] = waiting ?? [];
  const isNews = longest === undefined || now.getTime() - longest.since.getTime() < TELLING_MS;
  return isNews ? count : `${count}, for ${formatAge(longest.since, now)}`;
}

function runCells({ takesIn, lastRunAgeSeconds: age, lastResult }: AutoSample): readonly string[] {
  return [
    takesIn === undefined ? UNKNOWN : takesIn.join(', ') || 'nothing',
    age === undefined ? UNKNOWN : age === 'never' ? 'never' : `${formatDuration(age)} ago`,
    lastResult?.words ?? (age === 'never' ? NOTHING : UNKNOWN),
  ];
}

/** `works on 4 of 6 hosts; stopped: mi-2; off: dev-1`. */
function summarize(reports: readonly AutoReport[]): string {
  const works = reports.filter(({ verdict }) => verdict === 'works').length;
  const total = count(reports.length, 'host');
  const failed = reports.filter(({ failure }) => failure);
  const overdue = reports.filter((report) => (report.overdue?.length ?? 0) > 0).map(({ host }) => host);
  const told = (['stopped', 'never_ran', 'off', 'unknown'] as const).flatMap((verdict) => {
    const names = reports.filter((report) => report.verdict === verdict && !report.failure).map(({ host }) => host);
    return names.length > 0 ? [`${AUTO_VERDICTS[verdict]}: ${names.join(', ')}`] : [];
  });
  return [
    `automatic security updates work on ${works} of ${total}`,
    ...told,
    ...(overdue.length > 0 ? [`longer than agreed without security updates: ${overdue.join(', ')}`] : []),
    ...(failed.length > 0 ? [`${failed.length} not reached`] : []),
  ].join('; ');
}
