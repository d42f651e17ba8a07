import { createBotMetrics } from './adapters/metrics/bot-metrics.ts';
import { createHostMetrics } from './adapters/metrics/host-metrics.ts';
import { readStoreNumbers } from './adapters/metrics/store-numbers.ts';
import type { Env } from './config/env.ts';
import type { BotMetrics } from './domain/bot-metrics.ts';
import type { Services } from './handlers/services.ts';
import type { Outside } from './outside.ts';
import { createDashboardRoutes } from './web/dashboard-routes.ts';
import { createMetricsRoutes } from './web/metrics-routes.ts';
import { startWebServer, type WebServer } from './web/web-server.ts';
import { createWebhookRoutes } from './web/webhook-routes.ts';

export interface WebParts {
  readonly outside: Outside;
  readonly services: Services;
  readonly bot: BotMetrics;
}

export function wireBotMetrics({ store, replicas, executor }: Outside): BotMetrics {
  return createBotMetrics({
    store: () => readStoreNumbers(store, replicas.id),
    sshConnections: () => executor.stats().connections,
  });
}

/** The pages, webhooks and metrics; `undefined` without `WEB_URL`. @throws {SetupError} when the port is taken. */
export async function startWeb(
  { web }: Pick<Env, 'web'>,
  { outside, services, bot }: WebParts,
): Promise<WebServer | undefined> {
  if (web === undefined) {
    return undefined;
  }
  const { config, secrets, clock, logger } = outside;
  const customers = () => config.current().inventory.customers;
  const hosts = createHostMetrics({
    latest: (environment) => services.hosts.latest(environment),
    clock,
  });
  return startWebServer({
    ...{ host: web.host, port: web.port, baseUrl: web.url, logger },
    mounts: [
      { path: '/', app: createMetricsRoutes({ customers, secrets, bot, hosts, logger }) },
      { path: '/', app: createWebhookRoutes({ customers, secrets, alerts: services.alerts, clock, logger }) },
      { path: '/', app: createDashboardRoutes({ baseUrl: web.url, clock, ...services }) },
    ],
  });
}
