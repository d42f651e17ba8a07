import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrometheusSource } from '../../src/adapters/prometheus/prometheus-source.ts';
import type { Environment } from '../../src/domain/inventory.ts';
import { until } from '../support/until.ts';
import { anEnvironment } from '../support/world.ts';
import { type StartedProgram, startPrometheus } from './started-program.ts';

const PATIENCE_MS = 30_000;
const STEP_SECONDS = 60;
/** One host with two processors, one without a number, one whose name only a careless pattern would mistake for another's. */
const EXPOSED = [
  'cpu_busy{host="mi-1",cpu="0"} 12.5',
  'cpu_busy{host="mi-1",cpu="1"} 40.25',
  'cpu_busy{host="mi-2",cpu="0"} NaN',
  'cpu_busy{host="mi-3",cpu="0"} +Inf',
  'cpu_busy{host="mi.1",cpu="0"} 1',
  'cpu_busy{host="mix1",cpu="0"} 99',
  '',
].join('\n');
const HOSTS = ['mi-1', 'mi-2', 'mi-3', 'mi-4', 'mi.1'];

let exporter: http.Server;
let prometheus: StartedProgram;

beforeAll(async () => {
  exporter = http.createServer((_request, response) => response.end(EXPOSED));
  await once(exporter.listen(0, '127.0.0.1'), 'listening');
  const target = `127.0.0.1:${(exporter.address() as AddressInfo).port}`;
  prometheus = await startPrometheus({
    scrape_configs: [{ job_name: 'hosts', scrape_interval: '1s', static_configs: [{ targets: [target] }] }],
  });
});

afterAll(async () => {
  await prometheus?.stop();
  exporter?.closeAllConnections();
  exporter?.close();
});

function read(promql: string, url = prometheus.url) {
  const metricSource = { url, queries: { cpu_busy_percent: promql } };
  const environment = { ...anEnvironment('acme', 'prod', HOSTS), monitoring: { metricSource } } as unknown;
  const now = Date.now();
  return createPrometheusSource({ secrets: { get: () => undefined } }).series({
    ...{ environment: environment as Environment, metric: 'cpu_busy_percent', hosts: HOSTS },
    ...{ from: new Date(now - 3_600_000), until: new Date(now), stepSeconds: STEP_SECONDS },
  });
}

/** As soon as it has scraped. */
async function lastOf(promql: string) {
  const series = await until(
    'the first scrape',
    async () => {
      const found = await read(promql);
      return found[0]?.points.length ? found : undefined;
    },
    PATIENCE_MS,
  );
  return Object.fromEntries(series.map(({ host, points }) => [host, points.at(-1)]));
}

describe("a customer's Prometheus", () => {
  it('gives the numbers of each host, the highest of several, and no number where there is none', async () => {
    const last = await lastOf('cpu_busy{host="{{host}}"} # busy');
    const { low, average, high, at } = last['mi-1'] ?? {};
    expect({ low, average, high }).toEqual({ low: 40.25, average: 40.25, high: 40.25 });
    expect(Number(at) % (STEP_SECONDS * 1_000)).toBe(0);
    expect(Math.abs(Date.now() - Number(at))).toBeLessThan(2 * STEP_SECONDS * 1_000);
    expect([last['mi-2'], last['mi-3'], last['mi-4']]).toEqual([undefined, undefined, undefined]);
    expect(last['mi.1']?.high).toBe(1);
  });

  it('finds nobody else by a name inside a pattern', async () => {
    const last = await lastOf('cpu_busy{host=~"{{host}}"}');
    expect(last['mi-1']?.high).toBe(40.25);
    expect(last['mi.1']?.high).toBe(1);
  });

  it('takes what arithmetic gives, and leaves out what it cannot', async () => {
    const last = await lastOf('100 * max by (host) (cpu_busy{host="{{host}}"}) / 50');
    expect(last['mi-1']?.average).toBe(80.5);
    expect(last['mi-2']).toBeUndefined();
  });

  it('says in its own words what it does not take', async () => {
    const wrong = (promql: string) => read(promql).catch(({ message }: Error) => message);
    expect(await wrong('cpu_busy{host="{{host}}"')).toMatch(/does not take the query. It says: .*parse error/);
    expect(await wrong('cpu_busy{host="{{host}}"} * on() cpu_busy')).toMatch(
      /does not take the query. It says: .*many-to-many|matching/,
    );
    expect(await read('up', `${prometheus.url}/graphs`).catch(({ message }: Error) => message)).toMatch(
      /has no API there/,
    );
  });
});
