import { html } from 'hono/html';
import { isWatched } from '../domain/watched.ts';
import type { Rollout } from '../services/rollouts/rollout.ts';
import { type AlertsFacts, alertHistory, openAlerts } from './dashboard-alerts.ts';
import { chartSection } from './dashboard-charts.ts';
import { healthSummary, lastCheck, problemList } from './dashboard-health.ts';
import { type HostsFacts, hostTable } from './dashboard-hosts.ts';
import { type AssetPaths, type Html, page } from './dashboard-layout.ts';
import { type ChartChoice, environmentHref } from './dashboard-links.ts';
import { rolloutTable } from './dashboard-rollouts.ts';
import { clockTime } from './dashboard-times.ts';

/** What a page shows of an environment; what is missing is not for this person. */
export interface SeenEnvironment extends HostsFacts {
  readonly customerName: string;
  readonly alerts?: AlertsFacts | undefined;
  /** Newest first. */
  readonly rollouts?: readonly Rollout[] | undefined;
}

export interface EnvironmentPageFacts {
  readonly seen: SeenEnvironment;
  readonly choice: ChartChoice;
  readonly person: string;
  readonly assets: AssetPaths;
}

export function environmentPage({ seen, choice, person, assets }: EnvironmentPageFacts): Html {
  const { environment, customerName } = seen;
  const isShown = isWatched(environment);
  const frame = {
    ...{ title: `${customerName} ${environment.name}`, person, assets },
    trail: [{ words: customerName }, { words: environment.name }],
    scripts: isShown ? [assets.page, assets.echarts, assets.charts] : [assets.page],
  };
  return page(
    frame,
    html`${liveSections(seen)}
${isShown ? chartSection(environment, choice) : notWatched(seen)}
${pastSections(seen)}
<p class="quiet">All times in ${environment.timeZone}.</p>`,
  );
}

/** The same page without what never changes by itself, for a page that brings itself up to date. */
export function environmentUpdate(seen: SeenEnvironment): Html {
  return html`${liveSections(seen)}${pastSections(seen)}`;
}

function liveSections(seen: SeenEnvironment): Html {
  const { environment, customerName, alerts, now } = seen;
  const updates = `/api${environmentHref(environment)}/live`;
  return html`<div class="heading"><h1>${customerName} <span class="thin">${environment.name}</span></h1>
<p class="live" id="live" role="status" data-updates="${updates}" data-time="${clockTime(now, environment.timeZone)}"></p></div>
<section aria-label="Health"><div data-live="tally" class="line">${healthSummary(seen)}<p class="quiet">${lastCheck(seen)}</p></div>
${problemList(seen)}
${hostTable(seen)}</section>
${alerts ? html`<section aria-labelledby="alerts-title"><h2 id="alerts-title">Open alerts</h2>${openAlerts(alerts)}</section>` : ''}`;
}

function pastSections({ alerts, rollouts, environment }: SeenEnvironment): Html {
  const history =
    alerts &&
    html`<section aria-labelledby="history-title"><h2 id="history-title">Alerts of the last 30 days</h2>${alertHistory(alerts)}</section>`;
  const changes =
    rollouts &&
    html`<section aria-labelledby="rollouts-title"><h2 id="rollouts-title">Rollouts</h2>${rolloutTable(rollouts, environment.timeZone)}</section>`;
  return html`<div class="past">${history ?? ''}${changes ?? ''}</div>`;
}

function notWatched({ environment }: SeenEnvironment): Html {
  const why = environment.production ? 'its monitoring is not set up' : 'it is not production';
  return html`<section id="charts"><h2>Charts</h2><p class="quiet">There are no charts: nobody watches this environment, because ${why}.</p></section>`;
}
