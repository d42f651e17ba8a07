import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Clock } from '../domain/clock.ts';
import { UserError } from '../domain/errors.ts';
import type { Customer } from '../domain/inventory.ts';
import type { Logger } from '../domain/logger.ts';
import type { NamedSecrets } from '../domain/named-secrets.ts';
import type { AlertService } from '../services/alerts/alert-service.ts';
import { answerUnauthorized, bearsToken } from './bearer-token.ts';
import { WebhookBody } from './webhook-body.ts';
import { readDelivery, type WebhookDelivery } from './webhook-delivery.ts';
import { createWebhookPace } from './webhook-pace.ts';

export interface WebhookRoutesDeps {
  /** As the configuration has them now. */
  customers(): readonly Customer[];
  readonly secrets: NamedSecrets;
  readonly alerts: Pick<AlertService, 'receive'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const LARGEST_BODY_BYTES = 1024 * 1024;
/** When the store is away; Alertmanager and Grafana repeat what was answered with 5xx. */
const RETRY_SECONDS = 30;

/**
 * Alerts of a customer's own monitoring: `POST /webhooks/<customer>/alertmanager` and `/grafana`, with the customer's
 * token as bearer, perhaps `?environment=`. 200 says that they are saved.
 */
export function createWebhookRoutes(deps: WebhookRoutesDeps): Hono {
  const limit = bodyLimit({
    maxSize: LARGEST_BODY_BYTES,
    onError: (context) => context.json({ problem: 'The body is larger than 1 MiB. Send fewer alerts at once.' }, 413),
  });
  const routes = new Hono();
  routes.post('/webhooks/:customer/:sender{alertmanager|grafana}', requireCustomer(deps), limit, (context) =>
    takeIn(context, deps),
  );
  return routes;
}

/** What the token check has found out, for everything behind it. */
interface Known {
  readonly Variables: { readonly customer: Customer };
}

function requireCustomer(deps: WebhookRoutesDeps) {
  const pace = createWebhookPace(deps.clock);
  return createMiddleware<Known>(async (context, next) => {
    const found = findCustomer(context.req.param('customer') ?? '', deps);
    if (found === undefined) {
      return context.notFound();
    }
    if (!bearsToken(context.req.header('authorization'), found.token)) {
      return answerUnauthorized(context);
    }
    const waitSeconds = pace.take(found.customer.id);
    if (waitSeconds > 0) {
      return context.json({ problem: 'Too many deliveries at once.' }, 429, { 'retry-after': `${waitSeconds}` });
    }
    context.set('customer', found.customer);
    await next();
  });
}

/** One without a token is none: nobody learns who is our customer. */
function findCustomer(id: string, { customers, secrets }: WebhookRoutesDeps) {
  const customer = customers().find((one) => one.id === id);
  const name = customer?.tokens?.alerts;
  const token = name === undefined ? undefined : secrets.get(name);
  return customer === undefined || token === undefined ? undefined : { customer, token };
}

async function takeIn(context: Context<Known>, deps: WebhookRoutesDeps): Promise<Response> {
  const customer = context.get('customer');
  const body = WebhookBody.safeParse(await readJson(context));
  if (!body.success) {
    return context.json({ problem: 'This is no body of Alertmanager or Grafana: it has no list of alerts.' }, 400);
  }
  const asked = context.req.query('environment');
  const delivery = readDelivery(body.data, { customer, asked, now: deps.clock.now() });
  try {
    const changed = await save(delivery, deps);
    return answer(context, delivery, { changed, customer: customer.id, logger: deps.logger });
  } catch (error) {
    if (error instanceof UserError) {
      return context.json({ problem: error.message }, 422);
    }
    deps.logger.error('Alerts from outside not saved', { customer: customer.id, error });
    return context.json({ problem: 'The alerts could not be saved. Send them again.' }, 503, {
      'retry-after': `${RETRY_SECONDS}`,
    });
  }
}

async function readJson(context: Context): Promise<unknown> {
  return context.req.json().catch(() => undefined);
}

async function save({ parts }: WebhookDelivery, { alerts }: WebhookRoutesDeps): Promise<number> {
  let changed = 0;
  for (const part of parts.filter((one) => one.alerts.length > 0)) {
    changed += await alerts.receive(part.environment, part.alerts);
  }
  return changed;
}

interface Outcome {
  readonly changed: number;
  readonly customer: string;
  readonly logger: Logger;
}

/** Some that belong nowhere do not keep the others out, but whoever sends has to hear of it. */
function answer(context: Context, delivery: WebhookDelivery, { changed, customer, logger }: Outcome): Response {
  const { parts, dropped, cut, problems } = delivery;
  const counts = { taken: parts.reduce((sum, { alerts }) => sum + alerts.length, 0), changed, dropped, cut };
  logger[problems.length > 0 ? 'warn' : 'info']('Alerts from outside', { customer, ...counts, problems });
  return problems.length > 0
    ? context.json({ ...counts, problem: `Some alerts belong nowhere: ${problems.join('; ')}.` }, 422)
    : context.json(counts);
}
