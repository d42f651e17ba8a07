import type { Customer, Environment } from '../../../src/domain/inventory.ts';
import { Secret } from '../../../src/domain/secret.ts';
import type { IncomingAlert } from '../../../src/services/alerts/alert-service.ts';
import { createWebhookRoutes } from '../../../src/web/webhook-routes.ts';
import { createFixedClock } from '../../support/fixed-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWatched } from '../services/alerts/alert-world.ts';

const PROD = aWatched(['mi-1', 'apim-1']);
export const ACME: Customer = {
  ...{ id: 'acme', name: 'Acme Bank', channels: [] },
  environments: [PROD, { ...PROD, name: 'stage', production: false, monitoring: undefined }],
  tokens: { alerts: 'acme_alerts' },
};
const GLOBEX: Customer = { ...ACME, id: 'globex', tokens: { alerts: 'not_set' } };
const INITECH: Customer = { ...ACME, id: 'initech', tokens: undefined };

const TOKEN = 'token-of-acme';

/** An Alertmanager's alert. */
export function anAlert(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    status: 'firing',
    labels: { alertname: 'HighErrorRate', instance: 'mi-1:9100', severity: 'critical' },
    annotations: { summary: '5 % of requests fail' },
    startsAt: '2026-03-01T02:00:00.000Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'https://prometheus.acme.example/graph',
    fingerprint: 'f1',
    ...overrides,
  };
}

export function aWebhookWorld({ customers = [ACME, GLOBEX, INITECH] }: { customers?: readonly Customer[] } = {}) {
  const received: { environment: string; alerts: readonly IncomingAlert[] }[] = [];
  const clock = createFixedClock();
  const logger = createRecordingLogger();
  let failure: Error | undefined;
  const routes = createWebhookRoutes({
    ...{ clock, logger, customers: () => customers },
    secrets: { get: (name) => (name === 'acme_alerts' ? new Secret(TOKEN) : undefined) },
    alerts: {
      async receive(environment: Environment, alerts) {
        if (failure !== undefined) {
          throw failure;
        }
        received.push({ environment: environment.name, alerts });
        return alerts.length;
      },
    },
  });
  return {
    ...{ received, clock, logger },
    fail: (error: Error | undefined) => {
      failure = error;
    },
    async post(body: unknown, { path = '/webhooks/acme/alertmanager', token = TOKEN as string | undefined } = {}) {
      const response = await routes.request(path, {
        method: 'POST',
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text };
    },
  };
}
