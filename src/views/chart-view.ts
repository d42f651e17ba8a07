import type { ImageBlock } from '@slack/types';
import { count } from '../domain/count.ts';
import type { Environment } from '../domain/inventory.ts';
import type { Message } from '../domain/message.ts';
import type { Metric } from '../domain/metric.ts';
import type { MetricChart } from '../services/metrics/metrics-service.ts';
import { actions, button, context, section } from './blocks.ts';
import { chartSummary, latestValues, newestWords, stepWords } from './charts/chart-summary.ts';
import { formatMetric, METRIC_WORDS } from './charts/metric-words.ts';
import { formatDuration } from './format-numbers.ts';
import { code, cut, escapeMrkdwn } from './mrkdwn.ts';
import { notMonitoredView } from './not-monitored.ts';
import { sentence } from './rollout-text.ts';
import { said } from './said.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** A file that a block can show, or why there is none. */
export type ChartPicture =
  | { readonly kind: 'drawn'; readonly fileId: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** What a button draws anew. */
export interface ChartRequest {
  /** `acme/prod`. */
  readonly environment: string;
  readonly metric: Metric;
  /** None: all of the environment. */
  readonly hosts: readonly string[];
  readonly sinceMs: number;
  /** Of the message. */
  readonly key: string;
}

const HOUR_MS = 3_600_000;
/** Spans that buttons offer, by the id of their action. */
export const CHART_SPANS = {
  'chart.hour': { label: '1 h', ms: HOUR_MS },
  'chart.day': { label: '24 h', ms: 24 * HOUR_MS },
  'chart.week': { label: '7 d', ms: 7 * 24 * HOUR_MS },
  'chart.month': { label: '30 d', ms: 30 * 24 * HOUR_MS },
} as const;

const NAMED_HOSTS = 12;
const LONGEST_HOST = 60;
const LONGEST_SOURCE = 120;

export function chartDrawingView({ metric, environment, sinceMs }: ChartRequest): Message {
  const text = `📈 Drawing *${METRIC_WORDS[metric].title}* of *${escapeMrkdwn(environment)}* · last ${spanOf(sinceMs)} …`;
  return said(text);
}

/** Instead of the former, when nothing can be shown; why is said to whoever asked. */
export function chartFailedView({ metric, environment }: ChartRequest): Message {
  return said(`📉 There is no chart of ${METRIC_WORDS[metric].title} of *${escapeMrkdwn(environment)}*.`);
}

/** The picture, or its numbers in words where there is none. */
export function chartView(request: ChartRequest, chart: MetricChart, picture: ChartPicture): Message {
  const summary = chartSummary(chart);
  const { environment, metric, sinceMs } = request;
  const heading = `📈 *${METRIC_WORDS[metric].title}* of *${escapeMrkdwn(environment)}* · last ${spanOf(sinceMs)}`;
  const shown =
    picture.kind === 'drawn'
      ? [section(heading), chartImage(picture.fileId, chart)]
      : [
          section(`${heading}\n${escapeMrkdwn(summary)}`),
          context(`The picture is missing: ${sentence(picture.reason)}`),
        ];
  return {
    text: escapeMrkdwn(summary),
    blocks: [...shown, context(originOf(chart)), ...actions(...spanButtons(request))],
  };
}

/** @param fileId of a file of which Slack knows that it is a picture. */
export function chartImage(fileId: string, chart: MetricChart): ImageBlock {
  const alt_text = cut(chartSummary(chart), SLACK_LIMITS.image.altText);
  return { type: 'image', slack_file: { id: fileId }, alt_text };
}

/** Where the numbers are from, how fine they are, and the newest of each host. */
function originOf(chart: MetricChart): string {
  const latest = latestValues(chart);
  const named = latest
    .slice(0, NAMED_HOSTS)
    .map(({ host, value }) => `${code(cut(host, LONGEST_HOST))} ${formatMetric(chart.metric, value)}`);
  const left = latest.length - named.length;
  const values = [...named, ...(left > 0 ? [`and ${count(left, 'more host')}`] : [])].join(', ');
  const newest = latest.length > 0 ? [`${newestWords(chart)}: ${values}`] : [];
  return [
    `Source: ${escapeMrkdwn(cut(chart.source, LONGEST_SOURCE))}`,
    `one point each ${stepWords(chart)}`,
    ...newest,
  ].join(' · ');
}

function spanButtons(request: ChartRequest) {
  const { sinceMs: _shown, ...remembered } = request;
  return Object.entries(CHART_SPANS)
    .filter(([, { ms }]) => ms !== request.sinceMs)
    .map(([id, { label }]) => button(label, id, JSON.stringify(remembered)));
}

/** `24 h` and `7 d` in their own words; other spans by their largest unit. */
function spanOf(ms: number): string {
  const known = Object.values(CHART_SPANS).find((span) => span.ms === ms);
  return known?.label ?? formatDuration(ms / 1_000);
}

/** Why an environment has no charts, and what can be done instead. */
export function noChartView(environment: Environment): Message {
  return notMonitoredView(environment, 'there is nothing to draw');
}
