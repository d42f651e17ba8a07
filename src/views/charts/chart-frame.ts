import type { LineSeriesOption } from 'echarts';
import type { MetricChart } from '../../services/metrics/metrics-service.ts';
import { clean, cut } from '../mrkdwn.ts';
import type { ChartColors } from './chart-colors.ts';
import { type TimeLabel, timeLabels } from './chart-times.ts';
import { formatMetric, METRIC_WORDS, shownValue } from './metric-words.ts';

const TIME_LABEL_WIDTH = 74;
const ID_CHARACTER_WIDTH = 6.4;
const LONGEST_ID = 16;

export interface Frame {
  readonly chart: MetricChart;
  readonly colors: ChartColors;
  /** Of the drawing area, in pixels. */
  readonly width: number;
  /** Where the y axis ends, as it is shown. */
  readonly top: number;
  /** Whether the names of thresholds stand beside the drawing, where no line crosses them. */
  readonly hasMargin: boolean;
}

type Marks = NonNullable<NonNullable<LineSeriesOption['markLine']>['data']>;
type Areas = NonNullable<NonNullable<LineSeriesOption['markArea']>['data']>;

/**
 * Times in the environment's zone, thresholds and maintenance, as marks of a line that has no points: labels of an axis
 * would need a function, or would be in the reader's zone.
 */
export function frameSeries(frame: Frame): LineSeriesOption[] {
  const { chart, colors, width } = frame;
  const span = { ...chart, timeZone: chart.environment.timeZone };
  const times = timeLabels(span, Math.max(2, Math.floor(width / TIME_LABEL_WIDTH)));
  const marks: LineSeriesOption = { type: 'line', data: [], silent: true, tooltip: { show: false } };
  const markLine = { silent: true, symbol: 'none', animation: false } as const;
  const below: LineSeriesOption = {
    ...marks,
    markLine: { ...markLine, z: 1, data: times.map((time) => timeMark(time, colors)) },
    markArea: {
      ...{ silent: true, animation: false, z: 0, itemStyle: { color: colors.maintenance } },
      label: { color: colors.faintText, fontSize: 11, position: 'top' },
      data: maintenanceAreas(frame),
    },
  };
  return [below, { ...marks, markLine: { ...markLine, data: [...thresholdMarks(frame)] } }];
}

function timeMark({ at, text, isDay }: TimeLabel, colors: ChartColors): Marks[number] {
  const fontWeight = isDay ? 600 : 400;
  const color = isDay ? colors.text : colors.faintText;
  return {
    xAxis: at.getTime(),
    lineStyle: { color: colors.grid, width: 1, type: 'solid' },
    label: { formatter: text, position: 'start', distance: 10, color, fontSize: 12, fontWeight },
  };
}

function thresholdMarks({ chart, colors, top, hasMargin }: Frame): readonly Marks[number][] {
  const { metric, threshold } = chart;
  const levels = threshold === undefined ? [] : (['warning', 'critical'] as const);
  return levels
    .map((level) => ({ level, value: threshold?.[level] ?? 0 }))
    .filter(({ value }) => shownValue(metric, value) <= top)
    .map(({ level, value }) => ({
      yAxis: shownValue(metric, value),
      lineStyle: { color: colors[level], width: 1.5, type: level === 'warning' ? [6, 4] : 'solid', opacity: 0.85 },
      label: {
        ...{
          formatter: `${level} ${formatMetric(metric, value)}`,
          position: hasMargin ? 'end' : 'insideStartTop',
          distance: 5,
        },
        ...{ color: colors[level], fontSize: 11, fontWeight: 600 },
      },
    }));
}

/** Where there is no room for an id beside that of another one, the area stands without. */
function maintenanceAreas({ chart, width }: Frame): Areas {
  const [from, until] = [chart.from.getTime(), chart.until.getTime()];
  const pixels = width / Math.max(1, until - from);
  let freeFrom = Number.NEGATIVE_INFINITY;
  return chart.maintenances
    .map((one) => ({
      id: `rollout ${cut(clean(one.rollout), LONGEST_ID)}`.replaceAll(/[{}]/g, ''),
      begin: Math.max(from, one.from.getTime()),
      end: Math.min(until, one.until.getTime()),
    }))
    .filter(({ begin, end }) => end > begin)
    .toSorted((one, other) => one.begin - other.begin)
    .map(({ id, begin, end }): Areas[number] => {
      const half = (id.length * ID_CHARACTER_WIDTH) / 2;
      const middle = ((begin + end) / 2 - from) * pixels;
      const hasRoom = middle - half >= freeFrom && middle - half > -40 && middle + half < width + 20;
      freeFrom = hasRoom ? middle + half + 8 : freeFrom;
      return [{ name: hasRoom ? id : '', xAxis: begin }, { xAxis: end }];
    });
}

/** Where the y axis ends: all that there is, and the first threshold. */
export function axisTop({ metric, series, threshold }: MetricChart): number {
  const { top } = METRIC_WORDS[metric];
  if (top.kind === 'fixed') {
    return top.value;
  }
  const highest = series.flatMap(({ points }) => points).reduce((most, { high }) => Math.max(most, high), 0);
  const wanted = [shownValue(metric, highest) * 1.05, (threshold?.warning ?? 0) * 1.1, top.value];
  return niceTop(Math.max(...wanted));
}

/** The next of 1, 2, 3, 4, 5, 6, 8, 10 times a power of ten. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= value) ?? 10;
  return step * power;
}
