import { html } from 'hono/html';
import type { HostReport } from '../domain/host-report.ts';
import type { Environment } from '../domain/inventory.ts';
import { isWatched, oldestCheckMs } from '../domain/watched.ts';
import type { Html } from './dashboard-layout.ts';
import { badge, LEVEL_WORDS, type Mark } from './dashboard-levels.ts';
import { plain } from './dashboard-text.ts';
import { UNKNOWN } from './format-numbers.ts';
import { NOTHING, STATUS_COLUMNS, statusRow } from './status-cells.ts';

/** After which nobody knows how a watched host is. */
const LATE_MS = 60_000;

export interface HostsFacts {
  readonly environment: Environment;
  /** Worst first. */
  readonly reports: readonly HostReport[];
  readonly now: Date;
}

/** What is known of a host now: an old report says how it was, not how it is. */
export interface KnownHost {
  readonly host: string;
  readonly report?: HostReport | undefined;
  readonly mark: Mark & keyof typeof LEVEL_WORDS;
  readonly isLate: boolean;
}

/** Every host of the environment, worst first, those that nobody knows about before the healthy ones. */
export function knownHosts({ environment, reports, now }: HostsFacts): readonly KnownHost[] {
  const reported = reports.map((report) => {
    const late = isLate(environment, report.checkedAt, now);
    return { host: report.host, report, mark: late ? ('unknown' as const) : report.level, isLate: late };
  });
  const missing = environment.hosts
    .filter(({ name }) => !reports.some(({ host }) => host === name))
    .map(({ name: host }) => ({ host, mark: 'unknown' as const, isLate: false }));
  const isWell = ({ mark }: KnownHost) => mark === 'ok';
  const all: readonly KnownHost[] = [...reported, ...missing];
  const ranked = all.toSorted((one, other) => RANKS[one.mark] - RANKS[other.mark]);
  return [...ranked.filter((one) => !isWell(one)), ...ranked.filter(isWell)];
}

const RANKS: Record<KnownHost['mark'], number> = { unreachable: 0, critical: 1, warning: 2, unknown: 3, ok: 4 };

/** Non-production is looked at when somebody asks, so its reports get old. */
function isLate(environment: Environment, at: Date, now: Date): boolean {
  return isWatched(environment) && now.getTime() - at.getTime() > oldestCheckMs(environment, LATE_MS);
}

/** The same columns as `/msops status`. On a phone each row is a card, so each cell carries its title. */
export function hostTable(facts: HostsFacts): Html {
  const [first, ...others] = STATUS_COLUMNS;
  return html`<div class="wide"><table class="hosts">
<thead><tr><th scope="col">${first?.title}</th><th scope="col">State</th>${others.map(
    ({ title, align }) => html`<th scope="col" class="${align ?? 'left'}">${title}</th>`,
  )}</tr></thead>
<tbody data-live="hosts">${knownHosts(facts).map((known) => hostRow(known, facts.now))}</tbody>
</table></div>`;
}

function hostRow({ host, report, mark, isLate: late }: KnownHost, now: Date): Html {
  const words = report === undefined ? 'never checked' : late ? 'not checked lately' : LEVEL_WORDS[mark];
  const cells = report === undefined ? nothingKnown() : statusRow(report, now).slice(1).map(hostCell);
  return html`<tr class="is-${mark}${late ? ' is-late' : ''}"><th scope="row">${plain(host)}</th><td data-title="State">${badge(mark, words)}</td>${cells}</tr>`;
}

function hostCell(text: string, index: number): Html {
  const { title, align = 'left' } = STATUS_COLUMNS[index + 1] ?? { title: '' };
  const isSaid = text === NOTHING || (title === 'Reached' && text === 'yes');
  const classes = [align, ...(text === UNKNOWN || text === NOTHING ? ['dim'] : []), ...(isSaid ? ['said'] : [])];
  return html`<td class="${classes.join(' ')}" data-title="${title}">${plain(text)}</td>`;
}

function nothingKnown(): Html {
  return html`<td class="dim" colspan="${STATUS_COLUMNS.length - 1}">unknown: nobody has checked this host yet</td>`;
}
