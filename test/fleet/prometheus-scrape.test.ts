import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBotMetrics } from '../../src/adapters/metrics/bot-metrics.ts';
import { createHostMetrics } from '../../src/adapters/metrics/host-metrics.ts';
import type { Customer } from '../../src/domain/inventory.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createMetricsRoutes } from '../../src/web/metrics-routes.ts';
import { aLostReport, aReport } from '../support/builders.ts';
import { createFixedClock } from '../support/fixed-clock.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { until } from '../support/until.ts';
import { anEnvironment } from '../support/world.ts';
import { type StartedProgram, serveRoutes, startPrometheus } from './started-program.ts';

const PATIENCE_MS = 30_000;
const ACME: Customer = {
  ...{ id: 'acme', name: 'Acme Bank', channels: [], tokens: { metrics: 'acme_metrics' } },
  environments: [anEnvironment('acme', 'prod', ['mi-1', 'mi-2'])],
};
const TOKENS: Readonly<Record<string, string>> = { metrics: 'token-of-bot', acme_metrics: 'token-of-acme' };

let ours: StartedProgram;
let prometheus: StartedProgram;

beforeAll(async () => {
  const bot = createBotMetrics({ sshConnections: () => 4, store });
  bot.interactionHandled('command', 'done');
  const hosts = createHostMetrics({
    latest: async () => [aReport('mi-1'), aLostReport('mi-2')],
    clock: createFixedClock(),
  });
  const secrets = { get: (name: string) => (TOKENS[name] === undefined ? undefined : new Secret(TOKENS[name])) };
  const logger = createRecordingLogger();
  ours = await serveRoutes(createMetricsRoutes({ customers: () => [ACME], secrets, bot, hosts, logger }));
  prometheus = await startPrometheus({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [
      job('bot', '/metrics', 'token-of-bot'),
      job('acme', '/metrics/acme', 'token-of-acme'),
      job('thief', '/metrics/acme', 'token-of-bot'),
    ],
  });
});

afterAll(async () => {
  await prometheus?.stop();
  await ours?.stop();
});

async function store() {
  return {
    ...{ outbox: { count: 2, oldestSeconds: 3 }, deliveries: { count: 1, oldestSeconds: 4 }, isLeader: true },
    openAlerts: { critical: 1, warning: 0, unknown: 0 },
  };
}

function job(name: string, path: string, credentials: string) {
  return {
    ...{ job_name: name, metrics_path: path, authorization: { type: 'Bearer', credentials } },
    static_configs: [{ targets: [new URL(ours.url).host] }],
  };
}

async function query(expression: string): Promise<readonly string[]> {
  const response = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(expression)}`);
  const { data } = (await response.json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result.map(({ metric, value }) => `${metric.job}/${metric.host ?? ''} ${value[1]}`).toSorted();
}

describe('a real Prometheus', () => {
  it('reads both pages with their tokens, and none with another', async () => {
    const all = ['acme/ 1', 'bot/ 1', 'thief/ 0'].join();
    await until('three targets', async () => (await query('up')).join() === all, PATIENCE_MS);
    expect(await query('msops_host_up')).toEqual(['acme/mi-1 1', 'acme/mi-2 0']);
    expect(await query('msops_host_cpu_busy_ratio')).toEqual(['acme/mi-1 0.125']);
    expect(await query('msops_outbox_pending')).toEqual(['bot/ 2']);
  });

  it.each([
    ['/metrics', 'token-of-bot'],
    ['/metrics/acme', 'token-of-acme'],
  ])('finds nothing to say against %s', async (path, token) => {
    const page = await fetch(`${ours.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect(execFileSync('promtool', ['check', 'metrics'], { input: await page.text(), encoding: 'utf8' })).toBe('');
  });
});
