import { count } from '../../domain/count.ts';
import { refOf } from '../../domain/environment-ref.ts';
import { listSome } from '../../domain/list-some.ts';
import type { MetricChart } from '../../services/metrics/metrics-service.ts';
import type { MetricPoint, MetricSeries } from '../../services/metrics/ports.ts';
import { formatDuration } from '../format-numbers.ts';
import { clean, cut } from '../mrkdwn.ts';
import { momentInWords, timesInWords } from './chart-times.ts';
import { formatMetric, METRIC_WORDS } from './metric-words.ts';

const NAMED_HOSTS = 5;
const LONGEST_HOST = 40;
const NAMED_ROLLOUTS = 3;

/** What the chart shows, in words: for those who do not see it, and where it cannot be drawn. Plain text. */
export function chartSummary(chart: MetricChart): string {
  const span = { ...chart, timeZone: chart.environment.timeZone };
  const about = `${chartTitle(chart)}, ${timesInWords(span)}`;
  const withPoints = chart.series.filter(({ points }) => points.length > 0);
  if (withPoints.length === 0) {
    return `${about}: ${emptyWords(chart)}.`;
  }
  const parts = [worstWords(chart), latestWords(chart), ...thresholdWords(chart)];
  return `${[`${about}: ${parts.join('; ')}`, ...gapWords(chart), ...maintenanceWords(chart)].join('. ')}.`;
}

/** `CPU busy of acme/prod`. */
export function chartTitle({ metric, environment }: MetricChart): string {
  return `${METRIC_WORDS[metric].title} of ${clean(refOf(environment))}`;
}

/** `no samples since Mon, Nov 23, 04:00`. */
export function emptyWords({ from, environment: { timeZone } }: MetricChart): string {
  return `no samples since ${momentInWords(from, timeZone)}`;
}

/** `minute`, `5 min`. */
export function stepWords({ stepSeconds }: MetricChart): string {
  return stepSeconds === 60 ? 'minute' : formatDuration(stepSeconds);
}

/** `latest`; of a coarse chart what is newest is an average over a longer time, and not how things are right now. */
export function newestWords(chart: MetricChart): string {
  return isFine(chart) ? 'latest' : `newest ${stepWords(chart)} on average`;
}

function isFine({ stepSeconds }: MetricChart): boolean {
  return stepSeconds <= 60;
}

function hostName(host: string): string {
  return cut(clean(host), LONGEST_HOST);
}

/** `a, b and 3 more`. */
export function hostNames(hosts: readonly string[]): string {
  return listSome(hosts.map(hostName), NAMED_HOSTS);
}

export interface HostValue {
  readonly host: string;
  readonly at: Date;
  readonly value: number;
}

/** The newest average of each host that has one, in the chart's order. */
export function latestValues({ series }: MetricChart): readonly HostValue[] {
  return series.flatMap(({ host, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ host, at: last.at, value: last.average }];
  });
}

function worstWords(chart: MetricChart): string {
  const { metric, series, environment } = chart;
  const isHigh = METRIC_WORDS[metric].worst === 'high';
  const worst = series.flatMap((one) => worstOf(one, isHigh)).reduce((a, b) => (isHigh === b.value > a.value ? b : a));
  const said = formatMetric(metric, worst.value);
  return `${isHigh ? 'highest' : 'lowest'} ${said} on ${hostName(worst.host)} at ${momentInWords(worst.at, environment.timeZone)}`;
}

function worstOf({ host, points }: MetricSeries, isHigh: boolean): readonly HostValue[] {
  const read = ({ high, low }: MetricPoint): number => (isHigh ? high : low);
  const [first, ...others] = points;
  if (first === undefined) {
    return [];
  }
  const worst = others.reduce((a, b) => ((isHigh ? read(b) > read(a) : read(b) < read(a)) ? b : a), first);
  return [{ host, at: worst.at, value: read(worst) }];
}

function latestWords(chart: MetricChart): string {
  const latest = latestValues(chart);
  const named = latest
    .slice(0, NAMED_HOSTS)
    .map(({ host, value }) => `${hostName(host)} ${formatMetric(chart.metric, value)}`);
  const left = latest.length - named.length;
  return `${newestWords(chart)} ${named.join(', ')}${left > 0 ? ` and ${count(left, 'more host')}` : ''}`;
}

function thresholdWords(chart: MetricChart): readonly string[] {
  const { metric, series, threshold } = chart;
  if (threshold === undefined) {
    return [];
  }
  const isAbove = ({ points }: MetricSeries, level: number): boolean => (points.at(-1)?.average ?? -1) >= level;
  const reached = ({ points }: MetricSeries, level: number): boolean => points.some(({ high }) => high >= level);
  const now = series.filter((one) => isAbove(one, threshold.warning));
  const critical = now.filter((one) => isAbove(one, threshold.critical));
  const before = series.filter((one) => !now.includes(one) && reached(one, threshold.warning));
  const lately = isFine(chart) ? 'now' : `in the newest ${stepWords(chart)}`;
  const names = (some: readonly MetricSeries[]): string => hostNames(some.map(({ host }) => host));
  const [warningAt, criticalAt] = [threshold.warning, threshold.critical].map((level) => formatMetric(metric, level));
  return [
    now.length > 0
      ? `at ${warningAt} (warning) or more ${lately}: ${names(now)}`
      : `none is at ${warningAt} (warning) or more ${lately}`,
    ...(critical.length > 0 ? [`of them at ${criticalAt} (critical) or more: ${names(critical)}`] : []),
    ...(before.length > 0 ? [`in this time also: ${names(before)}`] : []),
  ];
}

function gapWords({ series }: MetricChart): readonly string[] {
  const silent = series.filter(({ points }) => points.length === 0).map(({ host }) => host);
  return silent.length > 0 ? [`No samples of ${hostNames(silent)}`] : [];
}

function maintenanceWords({ maintenances }: MetricChart): readonly string[] {
  const ids = [...new Set(maintenances.map(({ rollout }) => clean(rollout)))];
  return ids.length > 0
    ? [`Maintenance of ${ids.length > 1 ? 'rollouts' : 'rollout'} ${listSome(ids, NAMED_ROLLOUTS)}`]
    : [];
}
