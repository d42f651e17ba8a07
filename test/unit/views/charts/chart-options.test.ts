import type { LegendComponentOption, LineSeriesOption, TitleComponentOption } from 'echarts';
import { describe, expect, it } from 'vitest';
import type { MetricChart } from '../../../../src/services/metrics/metrics-service.ts';
import { type ChartLook, chartOptions } from '../../../../src/views/charts/chart-options.ts';
import { aChart, aSeries, hoursAgo } from './chart-builders.ts';

const LOOK: ChartLook = { theme: 'both', width: 800, height: 400 };

const optionsOf = (overrides: Partial<MetricChart> = {}, look: Partial<ChartLook> = {}) =>
  chartOptions(aChart(overrides), { ...LOOK, ...look });
const seriesOf = (overrides: Partial<MetricChart> = {}) => optionsOf(overrides).series as LineSeriesOption[];
const linesOf = (overrides: Partial<MetricChart> = {}) => seriesOf(overrides).filter(({ name }) => name !== undefined);
const titlesOf = (overrides: Partial<MetricChart> = {}) =>
  (optionsOf(overrides).title as TitleComponentOption[]).flatMap(({ text, subtext }) => [text ?? '', subtext ?? '']);
const many = (count: number) => Array.from({ length: count }, (_, index) => aSeries(`host-${index}`));

describe('chartOptions', () => {
  it('are plain JSON: nothing of them is lost on the way to the page', () => {
    const options = optionsOf({ maintenances: [{ from: hoursAgo(2), until: hoursAgo(1), rollout: '7kq2m9xd' }] });
    expect(JSON.parse(JSON.stringify(options))).toEqual(options);
  });

  it('say what, where and when by the clocks of the environment', () => {
    expect(titlesOf()).toEqual([
      'CPU busy of acme/prod',
      'Sun, Mar 1, 01:00 to 04:00 Europe/Zurich (UTC+1) · average of each minute in %',
    ]);
  });

  it('draw the first 8 hosts and say how many more there are', () => {
    expect(linesOf({ series: many(20) }).map(({ name }) => name)).toEqual(many(8).map(({ host }) => host));
    expect(titlesOf({ series: many(20) })[1]).toContain('the 8 highest, and 12 more hosts not drawn');
    expect((optionsOf({ series: many(20) }).legend as LegendComponentOption).data).toHaveLength(8);
  });

  it('tell lines apart by color, and by style too when there are more than 4', () => {
    const lines = linesOf({ series: many(8) });
    expect(new Set(lines.map(({ itemStyle }) => itemStyle?.color)).size).toBe(8);
    expect(new Set(lines.slice(4).map(({ lineStyle }) => lineStyle?.type))).toEqual(new Set(['dashed', 'dotted']));
  });

  it('break the line where steps are missing, and keep a point that is alone', () => {
    const [line] = linesOf({ series: [aSeries('a', { steps: 10, skip: (at) => at === 4 || at === 6 }), aSeries('b')] });
    const values = (line!.data as (number[] | { value: number[] })[]).map((one) =>
      'value' in one ? one.value[1] : one[1],
    );
    expect(values.map((value) => (value === null ? 'gap' : 'value'))).toEqual([
      ...['value', 'value', 'value', 'value', 'gap', 'value', 'gap', 'value', 'value', 'value'],
    ]);
    expect(line!.data![5]).toMatchObject({ symbol: 'circle' });
    expect(line!.connectNulls).toBe(false);
  });

  it('show nothing of the edges of the band around the line of one host, not even of a point that is alone', () => {
    const [point] = aSeries('mi-2').points;
    const band = seriesOf({ series: [{ host: 'mi-2', points: [point!] }] }).filter(({ stack }) => stack === 'reach');
    const shown = band.map(({ lineStyle, itemStyle }) => [lineStyle?.opacity, itemStyle?.opacity]);
    expect(shown).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('show thresholds with their names and maintenance with its rollout', () => {
    const maintenances = [{ from: hoursAgo(9), until: hoursAgo(1), rollout: '7kq2m9xd' }];
    const [below, above] = seriesOf({ maintenances });
    expect(above?.markLine?.data).toMatchObject([
      { yAxis: 80, label: { formatter: 'warning 80 %' } },
      { yAxis: 90, label: { formatter: 'critical 90 %' } },
    ]);
    expect(below?.markArea?.data).toEqual([
      [{ name: 'rollout 7kq2m9xd', xAxis: hoursAgo(3).getTime() }, { xAxis: hoursAgo(1).getTime() }],
    ]);
  });

  it('end the axis at 100 for percentages, and above threshold and values for others', () => {
    const load = { metric: 'load_per_core', threshold: { warning: 2, critical: 4 } } as const;
    const topOf = (overrides: Partial<MetricChart>) => (optionsOf(overrides).yAxis as { min: number; max: number }).max;
    expect(topOf({})).toBe(100);
    expect(topOf({ ...load, series: [aSeries('a', { level: 0.1, swing: 0 })] })).toBeGreaterThan(2);
    expect(topOf({ ...load, series: [aSeries('a', { level: 60 })] })).toBeGreaterThanOrEqual(80);
    expect(
      topOf({ metric: 'applications', threshold: undefined, series: [aSeries('a', { level: 0, swing: 0 })] }),
    ).toBeGreaterThan(1);
  });

  it('say that there are no samples instead of showing an empty grid', () => {
    const options = optionsOf({ series: [{ host: 'mi-2', points: [] }] });
    expect(titlesOf({ series: [{ host: 'mi-2', points: [] }] })).toContain('No samples since Sun, Mar 1, 01:00');
    expect(options.grid).toBeUndefined();
    expect(titlesOf({ series: [aSeries('a'), { host: 'silent-1', points: [] }] })[1]).toContain(
      'no samples of silent-1',
    );
  });

  it('bring their own background for Slack alone', () => {
    expect(optionsOf().backgroundColor).toBe('#ffffff');
    expect(optionsOf({}, { theme: 'dark' }).backgroundColor).toBe('transparent');
  });
});
