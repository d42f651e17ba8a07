import type { EChartsOption, LegendComponentOption, TitleComponentOption, YAXisComponentOption } from 'echarts';
import { count } from '../../domain/count.ts';
import type { MetricChart } from '../../services/metrics/metrics-service.ts';
import { clean } from '../mrkdwn.ts';
import { CHART_COLORS, type ChartColors, type ChartTheme } from './chart-colors.ts';
import { axisTop, frameSeries } from './chart-frame.ts';
import { chartLines, drawnSeries, MOST_LINES } from './chart-lines.ts';
import { chartSummary, chartTitle, emptyWords, hostNames, stepWords } from './chart-summary.ts';
import { timesInWords } from './chart-times.ts';
import { METRIC_WORDS } from './metric-words.ts';

/** ECharts options as plain JSON: no functions, so that they can be sent to the page. */
export type ChartOptions = EChartsOption;

export interface ChartLook {
  readonly theme: ChartTheme;
  /** Pixels of the page, 280 or more. */
  readonly width: number;
  readonly height: number;
}

const FONT = 'Inter, system-ui, sans-serif';
const SIDE = 20;
const LEFT = 56;
const RIGHT = 30;
/** With the names of thresholds; where there is less room they stand inside. */
const RIGHT_WITH_NAMES = 96;
const ROOM_FOR_NAMES = 480;
const TITLE_HEIGHT = 44;
const LINE_HEIGHT = 17;
const CHARACTER_WIDTH = 6.6;
const LEGEND_ROW = 21;
const LEGEND_SIGN = 46;
const LONGEST_LEGEND_NAME = 170;

/** One definition for the picture in Slack and for the page: title, unit, legend, thresholds, maintenance, gaps. */
export function chartOptions(chart: MetricChart, look: ChartLook): ChartOptions {
  const colors = CHART_COLORS[look.theme];
  const notes = noteLines(chart, look.width - 2 * SIDE);
  const shared: EChartsOption = {
    ...{ useUTC: true, animation: false, backgroundColor: colors.background },
    textStyle: { fontFamily: FONT, color: colors.text },
    aria: { enabled: true, label: { description: chartSummary(chart) } },
  };
  if (drawnSeries(chart).length === 0) {
    return { ...shared, title: [heading(chart, notes, colors), emptyNotice(chart, colors)], series: [] };
  }
  return { ...shared, title: [heading(chart, notes, colors)], ...drawing(chart, { look, colors, notes }) };
}

interface Drawing {
  readonly look: ChartLook;
  readonly colors: ChartColors;
  readonly notes: readonly string[];
}

function drawing(chart: MetricChart, { look, colors, notes }: Drawing): EChartsOption {
  const legend = legendOf(chart, look, colors);
  const top = axisTop(chart);
  const hasMargin = chart.threshold !== undefined && look.width >= ROOM_FOR_NAMES;
  const right = hasMargin ? RIGHT_WITH_NAMES : RIGHT;
  const frame = { chart, colors, width: look.width - LEFT - right, top, hasMargin };
  const markRoom = chart.maintenances.length > 0 ? LINE_HEIGHT : 6;
  return {
    legend: legend.option,
    grid: {
      ...{ left: LEFT, right, outerBoundsMode: 'none' },
      top: TITLE_HEIGHT + notes.length * LINE_HEIGHT + markRoom,
      bottom: legend.rows * LEGEND_ROW + 44,
    },
    tooltip: { trigger: 'axis', order: 'valueDesc', confine: true },
    xAxis: {
      ...{ type: 'time', min: chart.from.getTime(), max: chart.until.getTime() },
      ...{ axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false } },
      axisLine: { onZero: false, lineStyle: { color: colors.axis } },
    },
    yAxis: yAxis(chart, top, colors),
    series: [...frameSeries(frame), ...chartLines(chart, colors)],
  };
}

function yAxis({ metric }: MetricChart, top: number, colors: ChartColors): YAXisComponentOption {
  const { unit, digits } = METRIC_WORDS[metric];
  return {
    ...{ type: 'value', min: 0, max: top, ...(digits === 0 ? { minInterval: 1 } : {}) },
    axisLabel: { formatter: `{value}${unit}`, color: colors.faintText, fontSize: 12 },
    splitLine: { lineStyle: { color: colors.grid } },
  };
}

function heading(chart: MetricChart, notes: readonly string[], colors: ChartColors): TitleComponentOption {
  return {
    ...{ text: chartTitle(chart), subtext: notes.join('\n'), left: SIDE - 4, top: 10, itemGap: 7 },
    textStyle: { fontSize: 17, fontWeight: 600, color: colors.text, fontFamily: FONT },
    subtextStyle: { fontSize: 12, lineHeight: LINE_HEIGHT, color: colors.faintText, fontFamily: FONT },
  };
}

/** Instead of an empty grid, which would look like a value of 0. */
function emptyNotice(chart: MetricChart, colors: ChartColors): TitleComponentOption {
  return {
    ...{ text: emptyWords(chart).replace(/^n/, 'N'), left: 'center', top: 'middle' },
    textStyle: { fontSize: 15, fontWeight: 400, color: colors.faintText, fontFamily: FONT },
  };
}

/** Under the title: when, what a point is, and whom it leaves out. */
function noteLines(chart: MetricChart, width: number): readonly string[] {
  const { series, environment, metric } = chart;
  const unit = METRIC_WORDS[metric].unit.trim();
  const silent = series.filter(({ points }) => points.length === 0).map(({ host }) => host);
  const left = series.length - silent.length - MOST_LINES;
  const worst = METRIC_WORDS[metric].worst === 'high' ? 'highest' : 'first';
  const notes = [
    timesInWords({ ...chart, timeZone: environment.timeZone }),
    `average of each ${stepWords(chart)}${unit === '' ? '' : ` in ${unit}`}`,
    ...(left > 0 ? [`the ${MOST_LINES} ${worst}, and ${count(left, 'more host')} not drawn`] : []),
    ...(silent.length > 0 && silent.length < series.length ? [`no samples of ${hostNames(silent)}`] : []),
  ];
  return wrap(notes, Math.max(30, Math.floor(width / CHARACTER_WIDTH)));
}

/** Joins by ` · ` what fits into a line; only what fits into none is broken between its words. */
function wrap(parts: readonly string[], most: number): readonly string[] {
  return join(
    parts.flatMap((part) => (part.length <= most ? [part] : join(part.split(' '), { by: ' ', most }))),
    { by: ' · ', most },
  );
}

function join(parts: readonly string[], { by, most }: { by: string; most: number }): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const grown = lines.length > 0 ? `${lines.at(-1)}${by}${part}` : part;
    const isNext = lines.length === 0 || grown.length > most;
    lines.splice(isNext ? lines.length : -1, 1, isNext ? part : grown);
  }
  return lines;
}

interface Legend {
  readonly option: LegendComponentOption;
  readonly rows: number;
}

function legendOf(chart: MetricChart, { width }: ChartLook, colors: ChartColors): Legend {
  const hosts = drawnSeries(chart).map(({ host }) => clean(host));
  const room = width - 2 * SIDE;
  const option: LegendComponentOption = {
    ...{ type: 'plain', data: hosts, bottom: 10, left: 'center', width: room },
    ...{ itemWidth: 26, itemHeight: 10, itemGap: 14, selectedMode: 'multiple', itemStyle: { opacity: 0 } },
    textStyle: { color: colors.text, fontSize: 12, width: LONGEST_LEGEND_NAME, overflow: 'truncate' },
  };
  return { option, rows: rowsOf(hosts, room) };
}

/** As ECharts breaks a legend into rows; names by their average width. */
function rowsOf(hosts: readonly string[], room: number): number {
  let rows = 1;
  let used = 0;
  for (const host of hosts) {
    const width = Math.min(LONGEST_LEGEND_NAME, host.length * CHARACTER_WIDTH) + LEGEND_SIGN;
    const isNext = used > 0 && used + width > room;
    rows += isNext ? 1 : 0;
    used = isNext ? width : used + width;
  }
  return rows;
}
