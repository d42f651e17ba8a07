import type { Finding, HostReport } from '../domain/host-report.ts';
import { listSome } from '../domain/list-some.ts';
import { describeHopFailure } from './hop-failure-words.ts';
import { LEVEL_ICONS } from './level-icons.ts';
import { code, cutMrkdwn, escapeMrkdwn } from './mrkdwn.ts';

const NAMED_HOSTS = 8;
const SHOWN_FINDINGS = 8;
const LONGEST_FINDING = 300;
const LONGEST_PROBLEM = 2500;

/** A host and what was found of it, whatever was looked at. */
export type JudgedHost = Pick<HostReport, 'host' | 'level' | 'findings' | 'failure'>;

/** What is wrong and what to do, one entry of mrkdwn a host; hosts behind the same broken hop share one. */
export function describeProblems(reports: readonly JudgedHost[]): readonly string[] {
  const unreachable = Map.groupBy(
    reports.filter(({ failure }) => failure !== undefined),
    ({ failure }) => JSON.stringify([failure?.kind, failure?.hop, failure?.role, failure?.detail]),
  );
  const judged = reports.filter(({ failure, findings }) => failure === undefined && findings.length > 0);
  return [...[...unreachable.values()].map(describeFailure), ...judged.map(describeFindings)].map((text) =>
    cutMrkdwn(text, LONGEST_PROBLEM),
  );
}

function describeFailure(reports: readonly JudgedHost[]): string {
  const failure = reports[0]?.failure;
  if (failure === undefined) {
    return '';
  }
  const { what, next } = describeHopFailure(failure);
  const isAboutOneHost = failure.role === 'host' && reports.length === 1;
  const affected = isAboutOneHost ? '' : `${nameHosts(reports)}: `;
  return `${LEVEL_ICONS.unreachable} ${affected}${escapeMrkdwn(what)}\n      ${proposal(next)}`;
}

/** What to do next, set off from what was found. */
export function proposal(next: string): string {
  return `→ ${escapeMrkdwn(next)}`;
}

export function nameHosts(reports: readonly Pick<JudgedHost, 'host'>[]): string {
  const names = reports.map(({ host }) => code(host));
  return listSome(names, NAMED_HOSTS);
}

function describeFindings({ host, level, findings }: JudgedHost): string {
  const shown = findings.slice(0, SHOWN_FINDINGS).map(describeFinding);
  const left = findings.length - shown.length;
  const lines = left > 0 ? [...shown, `and ${left} more`] : shown;
  const [first = '', ...rest] = lines;
  return rest.length === 0
    ? `${LEVEL_ICONS[level]} ${code(host)}: ${first}`
    : `${LEVEL_ICONS[level]} ${code(host)}:${lines.map((line) => `\n      • ${line}`).join('')}`;
}

function describeFinding({ level, text }: Finding): string {
  const words = cutMrkdwn(escapeMrkdwn(text), LONGEST_FINDING);
  return level === 'unknown' && !/unknown/i.test(words) ? `unknown: ${words}` : words;
}
