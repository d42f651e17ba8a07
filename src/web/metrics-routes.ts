import { type Context, Hono } from 'hono';
import type { BotMetrics, MetricsPage } from '../domain/bot-metrics.ts';
import type { Customer } from '../domain/inventory.ts';
import type { Logger } from '../domain/logger.ts';
import type { NamedSecrets } from '../domain/named-secrets.ts';
import { answerUnauthorized, bearsToken } from './bearer-token.ts';

export interface MetricsRoutesDeps {
  /** As the configuration has them now. */
  customers(): readonly Customer[];
  readonly secrets: NamedSecrets;
  readonly bot: Pick<BotMetrics, 'page'>;
  /** Of that customer's hosts and of no other's. */
  hosts(customer: Customer): Promise<MetricsPage>;
  readonly logger: Logger;
}

/** Name of the secret with the token for the bot's own metrics. */
const BOT_TOKEN = 'metrics';
const DEADLINE_MS = 5_000;

/** For Prometheus: `GET /metrics` of the bot itself, `GET /metrics/<customer>` of a customer's hosts, each with a token. */
export function createMetricsRoutes({ customers, secrets, bot, hosts, logger }: MetricsRoutesDeps): Hono {
  const routes = new Hono();
  /** Without a token there is no such page. */
  const guarded = (context: Context, token: string | undefined, page: () => Promise<MetricsPage>) => {
    const secret = token === undefined ? undefined : secrets.get(token);
    if (secret === undefined) {
      return context.notFound();
    }
    if (!bearsToken(context.req.header('authorization'), secret)) {
      return answerUnauthorized(context);
    }
    return answer(context, page, logger);
  };
  routes.get('/metrics', (context) => guarded(context, BOT_TOKEN, () => bot.page()));
  routes.get('/metrics/:customer', (context) => {
    const customer = customers().find(({ id }) => id === context.req.param('customer'));
    return customer === undefined
      ? context.notFound()
      : guarded(context, customer.tokens?.metrics, () => hosts(customer));
  });
  return routes;
}

/** A failed scrape is seen by Prometheus, old numbers would not be. */
async function answer(context: Context, page: () => Promise<MetricsPage>, logger: Logger): Promise<Response> {
  const tooLate = new Promise<never>((_resolve, reject) => {
    setTimeout(reject, DEADLINE_MS, new Error('not read in time')).unref();
  });
  try {
    const { contentType, text } = await Promise.race([page(), tooLate]);
    return context.body(text, 200, { 'content-type': contentType });
  } catch (error) {
    logger.warn('Metrics not read', { error });
    return context.json({ problem: 'The metrics could not be read. Try again.' }, 503);
  }
}
