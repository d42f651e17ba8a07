import type { LineSeriesOption } from 'echarts';
import type { MetricChart } from '../../services/metrics/metrics-service.ts';
import type { MetricPoint, MetricSeries } from '../../services/metrics/ports.ts';
import { clean } from '../mrkdwn.ts';
import { type ChartColors, lineStyleOf } from './chart-colors.ts';
import { METRIC_WORDS, shownValue } from './metric-words.ts';

/** More lines than that are a tangle. */
export const MOST_LINES = 8;
/** Steps without a value that still are no gap. */
const GAP_STEPS = 1.5;
const LONE_POINT_SIZE = 4;

type ReadPoint = (point: MetricPoint) => number;
type Datum = NonNullable<LineSeriesOption['data']>[number];

/** Those that are drawn: the first ones that have samples. */
export function drawnSeries({ series }: MetricChart): readonly MetricSeries[] {
  return series.filter(({ points }) => points.length > 0).slice(0, MOST_LINES);
}

/** A line for each host; of one alone also how far each step reached down and up. */
export function chartLines(chart: MetricChart, colors: ChartColors): LineSeriesOption[] {
  const drawn = drawnSeries(chart);
  const [only] = drawn;
  const band = only !== undefined && drawn.length === 1 ? reachOf(only, chart, colors) : [];
  return [...band, ...drawn.map((series, index) => hostLine(series, chart, { colors, index }))];
}

interface Drawn {
  readonly colors: ChartColors;
  readonly index: number;
}

function hostLine(series: MetricSeries, chart: MetricChart, { colors, index }: Drawn): LineSeriesOption {
  const isCount = METRIC_WORDS[chart.metric].top.kind === 'least' && METRIC_WORDS[chart.metric].digits === 0;
  return {
    ...{ type: 'line', name: clean(series.host), connectNulls: false, symbol: 'none', showAllSymbol: true },
    ...(isCount ? { step: 'end' as const } : {}),
    lineStyle: { width: 2, type: lineStyleOf(index), join: 'round' },
    ...{ itemStyle: { color: colors.lines[index % colors.lines.length] ?? colors.text }, z: 4 },
    data: dataOf(series.points, chart, ({ average }) => average),
  };
}

/** Two lines that cannot be seen, and what is between them. */
function reachOf(series: MetricSeries, chart: MetricChart, colors: ChartColors): LineSeriesOption[] {
  const color = colors.lines[0] ?? colors.text;
  const shared = {
    ...{ type: 'line' as const, stack: 'reach', symbol: 'none', silent: true, connectNulls: false, z: 2 },
    ...{ lineStyle: { opacity: 0 }, itemStyle: { opacity: 0 }, tooltip: { show: false } },
  };
  const low = dataOf(series.points, chart, (point) => point.low);
  const reach = dataOf(series.points, chart, ({ low: from, high }) => high - from);
  return [
    { ...shared, data: low },
    { ...shared, data: reach, areaStyle: { color, opacity: 0.16 } },
  ];
}

/** What is missing breaks the line, and a point between two gaps is a dot. */
function dataOf(points: readonly MetricPoint[], { metric, stepSeconds }: MetricChart, read: ReadPoint): Datum[] {
  const stepMs = stepSeconds * 1_000;
  const isGap = (one: MetricPoint | undefined, other: MetricPoint | undefined): boolean =>
    one === undefined || other === undefined || other.at.getTime() - one.at.getTime() > stepMs * GAP_STEPS;
  return points.flatMap((point, index): Datum[] => {
    const [before, after] = [points[index - 1], points[index + 1]];
    const value = [point.at.getTime(), shownValue(metric, read(point))];
    const isLone = isGap(before, point) && isGap(point, after);
    const datum: Datum = isLone ? { value, symbol: 'circle', symbolSize: LONE_POINT_SIZE } : value;
    const isBroken = after !== undefined && isGap(point, after);
    return isBroken ? [datum, [point.at.getTime() + stepMs, null as never]] : [datum];
  });
}
