import type { MetricChart } from '../services/metrics/metrics-service.ts';
import { type ChartLook, type ChartOptions, chartOptions } from './charts/chart-options.ts';
import { METRIC_WORDS } from './charts/metric-words.ts';

/** The same chart as in Slack; the page around it says of which environment it is. */
export function pageChartOptions(chart: MetricChart, look: ChartLook): ChartOptions {
  const options = chartOptions(chart, look);
  const [heading, ...others] = [options.title ?? []].flat();
  return { ...options, title: [{ ...heading, text: METRIC_WORDS[chart.metric].title }, ...others] };
}
