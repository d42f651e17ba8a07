import { html } from 'hono/html';
import type { MonitoringSettings } from '../domain/inventory.ts';
import { listSome } from '../domain/list-some.ts';
import { ownRunbook } from '../domain/own-runbook.ts';
import type { Alert, AlertGroup } from '../services/alerts/alert.ts';
import { isSomewhere, placeOf, placesOf, worstTold } from './alert-headline.ts';
import { inSeverity, SIGNAL_WORDS } from './alert-signals.ts';
import { whyHeldBack } from './alert-suppression.ts';
import type { Html } from './dashboard-layout.ts';
import { badge, type Mark, mark } from './dashboard-levels.ts';
import { plain } from './dashboard-text.ts';
import { moment } from './dashboard-times.ts';
import { formatAge } from './format-numbers.ts';

const SHOWN_ALERTS = 25;
const SHOWN_GROUPS = 100;
const NAMED_PLACES = 5;

export interface AlertsFacts {
  /** Worst first. */
  readonly open: readonly AlertGroup[];
  /** Newest first; those that go on are left out. */
  readonly history: readonly AlertGroup[];
  readonly now: Date;
  readonly timeZone: string;
  /** Whether names of our people and their words are shown. */
  readonly isOps: boolean;
  /** Where to read what to do. */
  readonly runbooks: MonitoringSettings['runbooks'];
}

export function openAlerts(facts: AlertsFacts): Html {
  const { open } = facts;
  const content =
    open.length === 0 ? html`<p class="quiet">No alert is open.</p>` : open.map((one) => openGroup(one, facts));
  return html`<div data-live="alerts" class="groups">${content}</div>`;
}

/** The severity of what is told; silent when nobody is told anything. */
export function groupMark({ alerts }: AlertGroup): Mark {
  return worstTold(alerts) ?? 'silent';
}

function openGroup(group: AlertGroup, facts: AlertsFacts): Html {
  const kind = groupMark(group);
  const shown = group.alerts.slice(0, SHOWN_ALERTS);
  const left = group.alerts.length - shown.length;
  return html`<article class="group is-${kind}">
<h3>${mark(kind)} ${headline(group)}</h3>
<p class="quiet">${[...groupFacts(group, facts)].join(' · ')}${runbook(group, facts)}</p>
<ul>${shown.map((alert) => alertLine(alert, group, facts))}${left > 0 ? html`<li class="quiet">and ${left} more</li>` : ''}</ul>
</article>`;
}

function* groupFacts({ begunAt, acknowledged, owner, isTest }: AlertGroup, { now, isOps }: AlertsFacts) {
  if (isTest) {
    yield 'test: nothing is wrong';
  }
  yield `for ${formatAge(begunAt, now)}`;
  if (owner === 'customer') {
    yield "the customer's own service";
  }
  if (acknowledged === undefined) {
    yield 'nobody has acknowledged it';
  } else {
    yield isOps ? `acknowledged by ${plain(acknowledged.by.name)}` : 'acknowledged: our operations team works on it';
  }
}

/** `disk filling up on mi-2`, or what the customer's monitoring calls it. */
function headline({ signal, alerts, title, isTest }: AlertGroup): string {
  if (isTest) {
    return 'Test: a made-up alert shows where alerts arrive';
  }
  const { wrong, unknown } = SIGNAL_WORDS[signal];
  const isUnknown = alerts.length > 0 && alerts.every(({ severity }) => severity === 'unknown');
  const where = places(signal, alerts);
  const what = title === undefined ? `${isUnknown ? unknown : wrong} ${where || 'somewhere'}` : joined(title, where);
  return plain(what.charAt(0).toUpperCase() + what.slice(1));
}

function joined(title: string, where: string): string {
  return where === '' ? title : `${title}: ${where}`;
}

function places(signal: AlertGroup['signal'], about: Parameters<typeof placesOf>[1]): string {
  return listSome(placesOf(signal, about), NAMED_PLACES);
}

function alertLine(alert: Alert, { signal }: AlertGroup, facts: AlertsFacts): Html {
  const { severity, suppressed, state, since, firedAt = since } = alert;
  const isSilent = suppressed !== undefined;
  const name = isSomewhere(signal, alert.host) ? plain(placeOf(signal, alert)) : '';
  return html`<li>${mark(isSilent ? 'silent' : severity)}<div><p><strong>${name}</strong> ${alertText(alert, facts)}</p>
<p class="quiet">since ${moment(firedAt, facts.timeZone)}${state === 'clearing' ? ' · well now, ends when it stays so' : ''}${
    isSilent ? ` · nobody is told: ${plain(whyHeldBack(suppressed, facts))}` : ''
  }${linkTo(alert.links?.source, 'Source')}</p></div></li>`;
}

/** What the configuration says is for our people, who work by it. */
function runbook({ signal, alerts, isTest }: AlertGroup, { isOps, runbooks }: AlertsFacts): Html {
  const shown = ownRunbook(alerts) ?? (isOps ? runbooks[signal] : undefined);
  return linkTo(isTest ? undefined : shown, 'Runbook');
}

function linkTo(url: string | undefined, words: string): Html {
  return url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:'
    ? html` · <a href="${url}" rel="noopener noreferrer">${words}</a>`
    : html``;
}

function alertText({ severity, text, isTest }: Alert, { isOps }: AlertsFacts): string {
  if (isTest && !isOps) {
    return 'nothing is wrong';
  }
  const words = plain(text);
  return inSeverity(severity, words);
}

export function alertHistory({ history, timeZone }: AlertsFacts): Html {
  const ended = history.flatMap((group) => (group.endedAt === undefined ? [] : [{ group, endedAt: group.endedAt }]));
  if (ended.length === 0) {
    return html`<div data-live="history"><p class="quiet">None has ended in the last 30 days.</p></div>`;
  }
  const shown = ended.slice(0, SHOWN_GROUPS);
  return html`<div data-live="history"><table class="list">
<thead><tr><th scope="col">Began</th><th scope="col">Lasted</th><th scope="col">What</th></tr></thead>
<tbody>${shown.map(({ group, endedAt }) => historyRow(group, { endedAt, timeZone }))}</tbody></table>
${ended.length > shown.length ? html`<p class="quiet">${ended.length - shown.length} older ones are not shown.</p>` : ''}</div>`;
}

function historyRow(group: AlertGroup, { endedAt, timeZone }: { endedAt: Date; timeZone: string }): Html {
  const { signal, title, begunAt, isTest } = group;
  const where = places(signal, [...group.ended, ...group.alerts]);
  const noun = title ?? SIGNAL_WORDS[signal].noun;
  const found = `${noun}${where === '' ? '' : ` ${SIGNAL_WORDS[signal].of === 'hop' ? 'through' : 'on'} ${where}`}`;
  const what = isTest ? 'a made-up alert' : found;
  return html`<tr><td data-title="Began">${moment(begunAt, timeZone)}</td><td data-title="Lasted">${formatAge(begunAt, endedAt)}</td><td data-title="What">${
    isTest ? badge('silent', 'test') : ''
  } ${plain(what)}</td></tr>`;
}
