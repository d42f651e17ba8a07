import { html } from 'hono/html';
import type { Environment } from '../domain/inventory.ts';
import { METRICS, type Metric } from '../domain/metric.ts';
import type { Html } from './dashboard-layout.ts';
import {
  type ChartChoice,
  type ChartSpan,
  chartSource,
  chartsHref,
  environmentHref,
  PAGE_SPANS,
} from './dashboard-links.ts';

/** In the order in which people look for what is wrong; the number of applications says little alone. */
const SHOWN: readonly Metric[] = [
  ...(['cpu_busy_percent', 'memory_used_percent', 'disk_used_percent_max', 'old_gen_used_percent'] as const),
  ...(['heap_used_percent', 'load_per_core', 'inodes_used_percent_max', 'applications_healthy'] as const),
  ...(['reachable', 'applications'] as const),
];
/** One that is added shows up without anybody thinking of it here. */
const ALL = [...SHOWN, ...METRICS.filter((metric) => !SHOWN.includes(metric))];

/** Frames that the page's script fills. */
export function chartSection(environment: Environment, choice: ChartChoice): Html {
  return html`<section id="charts" aria-labelledby="charts-title">
<div class="heading"><h2 id="charts-title">Charts</h2>${spanPicker(environment, choice)}${hostPicker(environment, choice)}</div>
<noscript><p>Charts need JavaScript.</p></noscript>
<div class="charts">${ALL.map((metric) => chartFrame(metric, environment, choice))}</div>
</section>`;
}

function chartFrame(metric: Metric, environment: Environment, choice: ChartChoice): Html {
  const source = chartSource(environment, choice, metric);
  return html`<figure class="chart" data-chart="${source}" data-metric="${metric}" data-zone="${environment.timeZone}"><div class="canvas"></div><figcaption class="quiet">Loading…</figcaption></figure>`;
}

function spanPicker(environment: Environment, choice: ChartChoice): Html {
  const spans = Object.keys(PAGE_SPANS) as ChartSpan[];
  return html`<nav class="spans" aria-label="Time">${spans.map((span) => {
    const href = chartsHref(environment, { ...choice, span });
    return span === choice.span
      ? html`<a href="${href}" aria-current="true">${span}</a>`
      : html`<a href="${href}">${span}</a>`;
  })}</nav>`;
}

function hostPicker(environment: Environment, { span, host }: ChartChoice): Html {
  return html`<form class="hosts-of-charts" method="get" action="${environmentHref(environment)}#charts">
<input type="hidden" name="span" value="${span}"><label>Host <select name="host"><option value="">all ${environment.hosts.length}</option>${environment.hosts.map(
    ({ name }) => html`<option value="${name}"${name === host ? html` selected` : ''}>${name}</option>`,
  )}</select></label><button type="submit">Show</button></form>`;
}
