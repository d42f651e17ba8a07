import { html } from 'hono/html';
import { count } from '../domain/count.ts';
import type { Environment } from '../domain/inventory.ts';
import { isWatched } from '../domain/watched.ts';
import type { AlertGroup } from '../services/alerts/alert.ts';
import { groupMark } from './dashboard-alerts.ts';
import { healthSummary, lastCheck, worstOf } from './dashboard-health.ts';
import type { HostsFacts } from './dashboard-hosts.ts';
import { type AssetPaths, type Html, page } from './dashboard-layout.ts';
import { badge, mark } from './dashboard-levels.ts';
import { environmentHref } from './dashboard-links.ts';
import { clockTime } from './dashboard-times.ts';

export interface HomeFacts {
  /** In the order of the configuration; each customer's environments follow each other. */
  readonly environments: readonly EnvironmentFacts[];
  readonly now: Date;
  readonly person: string;
  readonly assets: AssetPaths;
}

export interface EnvironmentFacts extends HostsFacts {
  readonly customerName: string;
  /** Missing: not for this person. */
  readonly alerts?: readonly AlertGroup[] | undefined;
}

/** Everything that somebody may see, at a glance. */
export function homePage({ environments, now, person, assets }: HomeFacts): Html {
  const customers = [...Map.groupBy(environments, ({ environment }) => environment.customer).values()];
  const content =
    customers.length === 0
      ? html`<p>There is nothing here that you may see. Whoever runs msops can give you a role.</p>`
      : customers.map(customerSection);
  const frame = { title: 'Environments', person, assets, scripts: [assets.page] };
  return page(
    frame,
    html`<div class="heading"><h1>Environments</h1><p class="live" id="live" role="status" data-updates="/" data-time="${clockTime(now, 'UTC')} UTC"></p></div>
<div data-live="environments">${content}</div>`,
  );
}

function customerSection(environments: readonly EnvironmentFacts[]): Html {
  return html`<section class="customer"><h2>${environments[0]?.customerName}</h2>
<ul class="tiles">${environments.map(environmentTile)}</ul></section>`;
}

function environmentTile(facts: EnvironmentFacts): Html {
  const { environment } = facts;
  const kind = worstOf(facts);
  return html`<li><a class="tile is-${kind}" href="${environmentHref(environment)}">
<h3>${mark(kind)} ${environment.name}</h3>
${healthSummary(facts)}
${alertCount(facts)}
<p class="quiet">${lastCheck(facts)}${watching(environment)}</p>
</a></li>`;
}

function alertCount({ alerts }: EnvironmentFacts): Html {
  const [worst] = alerts ?? [];
  if (alerts === undefined || worst === undefined) {
    return html`<p class="quiet">${alerts === undefined ? '' : 'no open alerts'}</p>`;
  }
  return html`<p>${badge(groupMark(worst), count(alerts.length, 'open alert'))}</p>`;
}

function watching(environment: Environment): string {
  return isWatched(environment) ? '' : ' · not watched';
}
