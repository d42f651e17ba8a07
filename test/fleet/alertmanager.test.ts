import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Customer } from '../../src/domain/inventory.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { AlertGroup } from '../../src/services/alerts/alert.ts';
import type { IncomingAlert } from '../../src/services/alerts/alert-service.ts';
import { alertmanagerPayload } from '../../src/views/alertmanager-payload.ts';
import { createWebhookRoutes } from '../../src/web/webhook-routes.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { until } from '../support/until.ts';
import { type AlertWorld, anAlertWorld, aWatched, HOLDS } from '../unit/services/alerts/alert-world.ts';
import { type StartedProgram, serveRoutes, startAlertmanager } from './started-program.ts';

const TOKEN = 'token-of-acme';
const AT_ONCE = { warningMs: 0, criticalMs: 0, clearMs: 0 };
const PATIENCE_MS = 30_000;

let world: AlertWorld;
let ours: StartedProgram;
let theirs: StartedProgram;
const reports: (readonly IncomingAlert[])[] = [];
/** How many deliveries find the store away. */
let away = 0;

beforeAll(async () => {
  const environment = aWatched(['mi-1']);
  const monitoring = { ...environment.monitoring!, holds: { ...HOLDS, external: AT_ONCE } };
  world = anAlertWorld(['mi-1'], { environment: { ...environment, monitoring } });
  const customer: Customer = {
    ...{ id: 'acme', name: 'Acme Bank', channels: [], tokens: { alerts: 'acme_alerts' } },
    environments: [world.environment],
  };
  ours = await serveRoutes(
    createWebhookRoutes({
      customers: () => [customer],
      secrets: { get: (name) => (name === 'acme_alerts' ? new Secret(TOKEN) : undefined) },
      alerts: { receive },
      clock: world.clock,
      logger: createRecordingLogger(),
    }),
  );
  theirs = await startAlertmanager(settings(`${ours.url}/webhooks/acme/alertmanager`));
});

afterAll(async () => {
  await theirs?.stop();
  await ours?.stop();
});

async function receive(environment: AlertWorld['environment'], incoming: readonly IncomingAlert[]): Promise<number> {
  reports.push(incoming);
  if (away > 0) {
    away -= 1;
    throw new Error('the store is away');
  }
  return world.alerts.receive(environment, incoming);
}

function settings(url: string) {
  const credentials = { authorization: { type: 'Bearer', credentials: TOKEN } };
  return {
    route: {
      ...{ receiver: 'msops', group_by: ['alertname'] },
      ...{ group_wait: '1s', group_interval: '1s', repeat_interval: '1h' },
    },
    receivers: [{ name: 'msops', webhook_configs: [{ url, max_alerts: 2, http_config: credentials }] }],
  };
}

async function fire(to: StartedProgram, alerts: readonly unknown[]): Promise<Response> {
  return fetch(`${to.url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  });
}

function anAlert(alertname: string, instance: string, more: Record<string, unknown> = {}) {
  const labels = { alertname, instance, severity: 'page' };
  return { labels, annotations: { summary: `${alertname} on ${instance}` }, ...more };
}

const groupOf = (title: string) =>
  until(
    `a group of ${title}`,
    async () => (await world.alerts.open('all')).find((group) => group.title === title),
    PATIENCE_MS,
  );

describe('a real Alertmanager', () => {
  it('fires, and resolves one alert of a group that goes on', async () => {
    const begun = { startsAt: new Date().toISOString() };
    expect(
      (await fire(theirs, [anAlert('DiskFull', 'mi-1:9100', begun), anAlert('DiskFull', 'db-1:9100', begun)])).status,
    ).toBe(200);
    const { alerts } = await groupOf('DiskFull');
    expect(alerts.map(({ host, severity, text }) => [host, severity, text])).toEqual([
      ['db-1', 'critical', 'DiskFull on db-1:9100'],
      ['mi-1', 'critical', 'DiskFull on mi-1:9100'],
    ]);
    await fire(theirs, [anAlert('DiskFull', 'mi-1:9100', { ...begun, endsAt: new Date().toISOString() })]);
    const ended = await until(
      'the end of one',
      async () => {
        const group = await groupOf('DiskFull');
        return group.ended.length === 1 ? group : undefined;
      },
      PATIENCE_MS,
    );
    expect(ended.alerts.map(({ host }) => host)).toEqual(['db-1']);
    expect(
      reports
        .at(-1)
        ?.map(({ state }) => state)
        .toSorted(),
    ).toEqual(['firing', 'resolved']);
  });

  it('repeats what we could not save', async () => {
    away = 1;
    const before = reports.length;
    await fire(theirs, [anAlert('QueueFull', 'mi-1:9100')]);
    await groupOf('QueueFull');
    expect(reports.length - before).toBeGreaterThanOrEqual(2);
    expect(reports[before], 'the same body again').toEqual(reports[before + 1]);
  });

  it('cuts what is above its limit, and the message says so', async () => {
    await fire(
      theirs,
      ['a', 'b', 'c'].map((name) => anAlert('ManyDown', name)),
    );
    const { alerts } = await groupOf('ManyDown');
    expect(alerts.map(({ text }) => text).join()).toMatch(/ManyDown on \w \(and 1 more that were cut\)/);
    expect(alerts).toHaveLength(2);
  });

  it('takes what we send to others', async () => {
    const second = await startAlertmanager(settings(`${ours.url}/nothing`));
    try {
      const group = await groupOf('ManyDown');
      const { status } = await fire(second, alertmanagerPayload(noticeOf(group)).alerts);
      expect(status).toBe(200);
      const taken = (await (await fetch(`${second.url}/api/v2/alerts`)).json()) as { labels: Record<string, string> }[];
      expect(taken.map(({ labels }) => [labels.alertname, labels.customer, labels.severity])).toEqual([
        ['ManyDown', 'acme', 'critical'],
        ['ManyDown', 'acme', 'critical'],
      ]);
    } finally {
      await second.stop();
    }
  });
});

function noticeOf(group: AlertGroup): Parameters<typeof alertmanagerPayload>[0] {
  const begunAt = new Date();
  const now = { begunAt, alerts: group.alerts.map((alert) => ({ ...alert, since: begunAt, firedAt: begunAt })) };
  return {
    ...{ step: 'begin', severity: 'critical', now: begunAt, customerName: 'Acme Bank', timeZone: 'UTC', isLate: false },
    ...{ group: { ...group, ...now }, alerts: now.alerts },
    rule: { kind: 'webhook', to: ['acme'], severities: ['critical'], when: 'always', owner: 'operations' },
  };
}
