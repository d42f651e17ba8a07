import type { HostReport, Level } from '../domain/host-report.ts';
import { listSome } from '../domain/list-some.ts';
import { shortHopFailure } from './hop-failure-words.ts';
import { clean, cut } from './mrkdwn.ts';

const NAMED_PER_LEVEL = 3;
const LONGEST_FINDING = 80;

/** Thresholds and reasons: the first line says only what is wrong. */
const SAID_BELOW = / \((?:warning|critical) from [^()]*\)$|(?<=is not running): .*$/;

const TOLD: readonly Exclude<Level, 'ok'>[] = ['unreachable', 'critical', 'warning', 'unknown'];

/** One line of plain text: `5 of 6 healthy, 1 warning: mi-2 /var 84 % full`. */
export function summarizeReports(reports: readonly HostReport[]): string {
  const [only] = reports;
  const healthy = reports.filter(({ level }) => level === 'ok').length;
  if (only === undefined) {
    return 'no hosts';
  }
  if (healthy === reports.length) {
    return reports.length === 1 ? `${clean(only.host)} is healthy` : `all ${healthy} hosts healthy`;
  }
  const told = TOLD.flatMap((level) => describeLevel(level, reports)).join('; ');
  return `${healthy} of ${reports.length} healthy, ${told}`;
}

function describeLevel(level: Level, reports: readonly HostReport[]): readonly string[] {
  const affected = reports.filter((report) => report.level === level);
  if (affected.length === 0) {
    return [];
  }
  return [`${affected.length} ${level}: ${listSome(affected.map(describeHost), NAMED_PER_LEVEL)}`];
}

function describeHost({ host, failure, findings }: HostReport): string {
  const finding = findings[0]?.text.replace(SAID_BELOW, '');
  const reason = failure ? `(${shortHopFailure(failure)})` : finding;
  return reason ? `${clean(host)} ${cut(clean(reason), LONGEST_FINDING)}` : clean(host);
}
