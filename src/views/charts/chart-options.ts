import type { EChartsOption, LegendComponentOption, TitleComponentOption, YAXisComponentOption } from 'echarts';
import type { MetricChart } from '../../services/metrics/metrics-service.ts';
import { CHART_COLORS, type ChartColors, type ChartTheme } from './chart-colors.ts';
import { axisTop, frameSeries } from './chart-frame.ts';
import { chartLines, drawnSeries, MOST_LINES } from './chart-lines.ts';
import { chartSummary, chartTitle, emptyWords, hostNames, stepWords } from './chart-summary.ts';
import { spanInWords } from './chart-times.ts';
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
const TITLE_HEIGHT = 44;
const LINE_HEIGHT = 17;
const CHARACTER_WIDTH = 6.6;
const LEGEND_ROW = 21;
const LEGEND_SIGN = 48;
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
  const markRoom = chart.maintenances.length > 0 ? LINE_HEIGHT : 6;
  return {
    legend: legend.option,
    grid: {
      ...{ left: LEFT, right: RIGHT, outerBoundsMode: 'none' },
      top: TITLE_HEIGHT + notes.length * LINE_HEIGHT + markRoom,
      bottom: legend.rows * LEGEND_ROW + 40,
    },
    tooltip: { trigger: 'axis', order: 'valueDesc', confine: true },
    xAxis: {
      ...{ type: 'time', min: chart.from.getTime(), max: chart.until.getTime() },
      ...{ axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false } },
      axisLine: { onZero: false, lineStyle: { color: colors.axis } },
    },
    yAxis: yAxis(chart, top, colors),
    series: [frameSeries({ chart, colors, width: look.width - LEFT - RIGHT, top }), ...chartLines(chart, colors)],
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
    spanInWords({ ...chart, timeZone: environment.timeZone }),
    `average of each ${stepWords(chart)}${unit === '' ? '' : ` in ${unit}`}`,
    ...(left > 0 ? [`the ${MOST_LINES} ${worst} and ${left} more ${left === 1 ? 'host' : 'hosts'}`] : []),
    ...(silent.length > 0 && silent.length < series.length ? [`no samples of ${hostNames(silent)}`] : []),
  ];
  return wrap(notes, Math.max(30, Math.floor(width / CHARACTER_WIDTH)));
}

/** Joins by ` · ` what fits into a line, and breaks between words what does not. */
function wrap(parts: readonly string[], most: number): readonly string[] {
  const words = parts.flatMap((part, index) => [...(index > 0 ? ['·'] : []), ...part.split(' ')]);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const grown = last === undefined ? word : `${last} ${word}`;
    lines.splice(last === undefined || grown.length > most ? lines.length : -1, 1, grown.length > most ? word : grown);
  }
  return lines.map((line) => line.replace(/^· | ·$/g, ''));
}

interface Legend {
  readonly option: LegendComponentOption;
  readonly rows: number;
}

function legendOf(chart: MetricChart, { width }: ChartLook, colors: ChartColors): Legend {
  const hosts = chartLines(chart, colors).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  const longest = Math.max(...hosts.map((host) => host.length)) * CHARACTER_WIDTH;
  const nameWidth = Math.min(LONGEST_LEGEND_NAME, longest + 8);
  const perRow = Math.max(1, Math.floor((width - 2 * SIDE) / (nameWidth + LEGEND_SIGN)));
  const option: LegendComponentOption = {
    ...{ type: 'plain', data: hosts, bottom: 10, left: 'center', width: width - 2 * SIDE },
    ...{ itemWidth: 26, itemHeight: 10, itemGap: 14, selectedMode: 'multiple' },
    textStyle: { color: colors.text, fontSize: 12, width: nameWidth, overflow: 'truncate' },
  };
  return { option, rows: Math.ceil(hosts.length / perRow) };
}
