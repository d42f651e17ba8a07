import { html } from 'hono/html';
import type { HostReport } from '../domain/host-report.ts';
import { listSome } from '../domain/list-some.ts';
import { type HostsFacts, type KnownHost, knownHosts } from './dashboard-hosts.ts';
import type { Html } from './dashboard-layout.ts';
import { badge, LEVEL_WORDS, type Mark, mark } from './dashboard-levels.ts';
import { plain } from './dashboard-text.ts';
import { age } from './dashboard-times.ts';
import { describeHopFailure } from './hop-failure-words.ts';

const LEVELS = ['unreachable', 'critical', 'warning', 'unknown', 'ok'] as const;
const NAMED_HOSTS = 8;
const SHOWN_FINDINGS = 8;

/** `1 not reached · 2 warning · 7 healthy`, worst first. */
export function healthSummary(facts: HostsFacts): Html {
  const counts = Map.groupBy(knownHosts(facts), ({ mark: kind }) => kind);
  const parts = LEVELS.filter((level) => counts.has(level));
  return html`<p class="tally">${parts.map((level) =>
    badge(level, `${counts.get(level)?.length} ${LEVEL_WORDS[level]}`),
  )}</p>`;
}

/** The worst that is known; unknown when nothing is. */
export function worstOf(facts: HostsFacts): Mark {
  return knownHosts(facts)[0]?.mark ?? 'unknown';
}

/** When the environment was looked at last. */
export function lastCheck({ reports, now }: HostsFacts): Html {
  const times = reports.map(({ checkedAt }) => checkedAt.getTime());
  return times.length === 0 ? html`not checked yet` : html`checked ${age(new Date(Math.max(...times)), now)} ago`;
}

/** What is wrong and what to do; hosts behind the same broken hop share one line. */
export function problemList(facts: HostsFacts): Html {
  const current = knownHosts(facts).filter(({ isLate }) => !isLate);
  const broken = Map.groupBy(
    current.filter(({ report }) => report?.failure !== undefined),
    ({ report }) => JSON.stringify(report?.failure, ['kind', 'hop', 'role', 'detail']),
  );
  const found = current.filter(({ report }) => report && !report.failure && report.findings.length > 0);
  const lines = [...[...broken.values()].map(failureLine), ...found.map(findingLine)];
  return html`<ul class="problems" data-live="problems">${lines}</ul>`;
}

function failureLine(hosts: readonly KnownHost[]): Html {
  const failure = hosts[0]?.report?.failure;
  if (failure === undefined) {
    return html``;
  }
  const { what, next } = describeHopFailure(failure);
  const isAboutOneHost = failure.role === 'host' && hosts.length === 1;
  const affected = isAboutOneHost ? '' : `${nameHosts(hosts)}: `;
  return html`<li>${mark('unreachable')}<div><p>${plain(affected)} ${plain(what)}</p><p class="next">${withCode(next)}</p></div></li>`;
}

function findingLine({ host, report, mark: kind }: KnownHost): Html {
  const { findings = [] }: Partial<HostReport> = report ?? {};
  const shown = findings.slice(0, SHOWN_FINDINGS);
  const left = findings.length - shown.length;
  return html`<li>${mark(kind)}<div>${shown.map(
    ({ level, text }, index) =>
      html`<p>${index === 0 ? html`<strong>${plain(host)}</strong> ` : ''}${level === 'unknown' && !/unknown/i.test(text) ? 'unknown: ' : ''}${plain(text)}</p>`,
  )}${left > 0 ? html`<p class="quiet">and ${left} more</p>` : ''}</div></li>`;
}

function nameHosts(hosts: readonly KnownHost[]): string {
  const names = hosts.map(({ host }) => host);
  return listSome(names, NAMED_HOSTS);
}

/** Our own sentences, in which commands are set in backticks. */
function withCode(text: string): readonly (string | Html)[] {
  return plain(text)
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
