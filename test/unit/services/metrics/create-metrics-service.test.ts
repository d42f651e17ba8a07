import { describe, expect, it } from 'vitest';
import type { Environment, MonitoringSettings } from '../../../../src/domain/inventory.ts';
import { createMetricsService } from '../../../../src/services/metrics/create-metrics-service.ts';
import type { CheckTally, MetricQuery, MetricSeries, MetricSource } from '../../../../src/services/metrics/ports.ts';
import { NOW } from '../../../support/builders.ts';
import { createFixedClock } from '../../../support/fixed-clock.ts';
import { aHost, anEnvironment } from '../../../support/world.ts';

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
const point = (value: number) => ({ at: ago(1), low: value, average: value, high: value });

function watched(settings: Partial<MonitoringSettings> = {}, hosts = ['mi-10', 'mi-2', 'mi-3']): Environment {
  const monitoring = { everyMs: 60_000, tellCustomer: false, runbooks: {}, notices: [], ...settings };
  return { ...anEnvironment('acme', 'prod', hosts), monitoring: monitoring as unknown as MonitoringSettings };
}

interface Given {
  readonly series?: readonly MetricSeries[];
  readonly tallies?: readonly CheckTally[];
}

function aService({ series = [], tallies = [] }: Given = {}) {
  const asked: { readonly source: string; readonly query: MetricQuery }[] = [];
  const pauses: string[] = [];
  const source = (name: string): MetricSource => ({
    async series(query) {
      asked.push({ source: name, query });
      return series;
    },
  });
  const service = createMetricsService({
    store: source('store'),
    prometheus: source('prometheus'),
    checks: { tally: async () => tallies },
    maintenances: { during: async ({ from }) => [{ from, until: ago(1), rollout: 'r1' }] },
    clock: { ...createFixedClock(NOW), sleep: async () => void pauses.push('pause') },
  });
  return { service, asked, pauses };
}

const request = { metric: 'cpu_busy_percent', hosts: [], from: ago(24), until: NOW, points: 288 } as const;
const PROMETHEUS = { url: 'https://prometheus.acme.example/x', queries: { cpu_busy_percent: 'cpu{host="{{host}}"}' } };

describe('createMetricsService', () => {
  it('charts all hosts, the highest first and those without a value last', async () => {
    const series = [
      { host: 'mi-10', points: [] },
      { host: 'mi-2', points: [point(10), { ...point(5), high: 90 }] },
      { host: 'mi-3', points: [point(50)] },
      { host: 'mi-1', points: [] },
    ];
    const { service, asked } = aService({ series });
    const chart = await service.chart({ ...request, environment: watched() });
    expect(chart.series.map(({ host }) => host)).toEqual(['mi-2', 'mi-3', 'mi-1', 'mi-10']);
    expect(asked).toMatchObject([{ source: 'store', query: { hosts: ['mi-10', 'mi-2', 'mi-3'], stepSeconds: 300 } }]);
    expect(chart).toMatchObject({
      environment: { customer: 'acme', name: 'prod', timeZone: 'UTC' },
      ...{ metric: 'cpu_busy_percent', from: ago(24), until: NOW, stepSeconds: 300, source: 'msops' },
      maintenances: [{ from: ago(24), until: ago(1), rollout: 'r1' }],
      threshold: { warning: 80, critical: 90 },
    });
  });

  it('charts the hosts that were asked for, with the threshold that these share', async () => {
    const { thresholds } = aHost('mi-2');
    const strict = aHost('mi-3', { thresholds: { ...thresholds, cpuBusy: { warning: 10, critical: 20 } } });
    const environment = { ...watched(), hosts: [aHost('mi-2'), strict] };
    const { service, asked } = aService();
    expect((await service.chart({ ...request, environment })).threshold).toBeUndefined();
    const one = await service.chart({ ...request, environment, hosts: ['mi-3'] });
    expect(one.threshold).toEqual({ warning: 10, critical: 20 });
    expect(asked.at(-1)?.query.hosts).toEqual(['mi-3']);
    expect((await service.chart({ ...request, environment, metric: 'reachable' })).threshold).toBeUndefined();
  });

  it("asks the customer's Prometheus for what it is named for, and the store for the rest", async () => {
    const environment = watched({ metricSource: PROMETHEUS });
    const { service, asked } = aService();
    expect((await service.chart({ ...request, environment })).source).toBe('Prometheus prometheus.acme.example');
    expect((await service.chart({ ...request, environment, metric: 'load_per_core' })).source).toBe('msops');
    expect(asked.map(({ source }) => source)).toEqual(['prometheus', 'store']);
  });

  it('says why nothing is known of what nobody watches, and what there is instead', async () => {
    const { service } = aService();
    const hint = '`/msops status dev` checks it once, now.';
    const dev = anEnvironment('acme', 'dev', []);
    const refused = { message: expect.stringContaining('acme/dev is not production'), hint };
    await expect(service.chart({ ...request, environment: dev })).rejects.toMatchObject(refused);
    await expect(service.availability(dev, ago(1), NOW)).rejects.toMatchObject(refused);
    await expect(service.diskForecast(dev, 14)).rejects.toMatchObject(refused);
    const off = anEnvironment('acme', 'prod', []);
    await expect(service.diskForecast(off, 14)).rejects.toThrow('Its monitoring is `off` in msops.yml');
  });

  it('tells the share of good checks, and nothing without a check', async () => {
    const tallies = [
      { host: 'mi-2', checks: 4, good: 3 },
      { host: 'mi-3', checks: 0, good: 0 },
    ];
    expect(await aService({ tallies }).service.availability(watched(), ago(24), NOW)).toEqual([
      { host: 'mi-2', checks: 4, share: 0.75 },
      { host: 'mi-3', checks: 0, share: undefined },
    ]);
  });

  it('forecasts disks from hourly averages of 7 days, the soonest first', async () => {
    const filling = (from: number, perHour: number) =>
      Array.from({ length: 48 }, (_, hour) => ({ ...point(from + hour * perHour), at: ago(48 - hour) }));
    const series = [
      { host: 'mi-2', points: filling(40, 0.2) },
      { host: 'mi-3', points: filling(40, 0) },
      { host: 'mi-10', points: filling(40, 1) },
    ];
    const { service, asked, pauses } = aService({ series });
    const found = await service.diskForecast(watched(), 14);
    expect(pauses, 'others have their turn after each host').toHaveLength(3);
    expect(found.map(({ host }) => host)).toEqual(['mi-10', 'mi-2']);
    expect(found[0]?.usedPercent).toBe(87);
    expect(asked[0]?.query).toMatchObject({ metric: 'disk_used_percent_max', stepSeconds: 3_600, from: ago(168) });
  });

  it('asks for the disks of many hosts in parts', async () => {
    const hosts = Array.from({ length: 250 }, (_, index) => aHost(`mi-${index}`));
    const { service, asked } = aService();
    await service.diskForecast({ ...watched(), hosts }, 14);
    expect(asked.map(({ query }) => query.hosts.length)).toEqual([100, 100, 50]);
    expect(asked.flatMap(({ query }) => query.hosts)).toEqual(hosts.map(({ name }) => name));
  });
});
