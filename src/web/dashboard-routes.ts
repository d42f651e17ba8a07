import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { UserError } from '../domain/errors.ts';
import type { Environment } from '../domain/inventory.ts';
import { pageChartOptions } from '../views/dashboard-chart-options.ts';
import { environmentPage, environmentUpdate } from '../views/dashboard-environment.ts';
import { homePage } from '../views/dashboard-home.ts';
import { type ChartChoice, readSpan } from '../views/dashboard-links.ts';
import { ASSET_PATHS, createAssetRoutes } from './assets.ts';
import { type PageChart, readChart } from './chart-request.ts';
import type { DashboardDeps, SignedIn } from './dashboard-deps.ts';
import { findEnvironment, seeEnvironment, seeEverything } from './see-environment.ts';
import { createSessionCookie } from './session-cookie.ts';
import { createSignInRoutes, requireSession } from './sign-in-routes.ts';
import { answerNotFound } from './web-app.ts';

type C = Context<SignedIn>;

/** Pages for people: read-only, and only what each may see. To be mounted at `/`, after everything else. */
export function createDashboardRoutes(deps: DashboardDeps): Hono {
  const cookie = createSessionCookie(deps.baseUrl);
  const app = new Hono();
  app.use(compress());
  app.route('/', createAssetRoutes());
  app.route('/', createSignInRoutes({ ...deps, cookie }));
  app.route('/', createPages(deps, requireSession({ signIn: deps.signIn, cookie })));
  return app;
}

function createPages(deps: DashboardDeps, session: ReturnType<typeof requireSession>): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  app.use(session);

  app.get('/', async (c) => {
    const actor = c.get('actor');
    const environments = await seeEverything(actor, deps);
    return c.html(homePage({ environments, now: deps.clock.now(), person: actor.displayName, assets: ASSET_PATHS }));
  });

  app.get('/api/:customer/:environment/live', async (c) => {
    const environment = environmentOf(c, deps);
    return environment === undefined
      ? answerNotFound(c)
      : c.html(environmentUpdate(await seeEnvironment(c.get('actor'), environment, deps)));
  });

  app.get('/api/:customer/:environment/chart', async (c) => {
    const environment = environmentOf(c, deps);
    const asked = environment && readChart(c.req.query(), { environment, now: deps.clock.now() });
    return asked === undefined ? answerNotFound(c) : answerChart(c, asked, deps);
  });

  app.get('/:customer/:environment', async (c) => {
    const actor = c.get('actor');
    const environment = environmentOf(c, deps);
    const choice = environment && choiceOf(c, environment);
    if (environment === undefined || choice === undefined) {
      return answerNotFound(c);
    }
    const seen = await seeEnvironment(actor, environment, deps);
    return c.html(environmentPage({ seen, choice, person: actor.displayName, assets: ASSET_PATHS }));
  });

  return app;
}

function environmentOf(c: C, deps: DashboardDeps): Environment | undefined {
  const { customer = '', environment: name = '' } = c.req.param() as Record<string, string | undefined>;
  return findEnvironment(c.get('actor'), { customer, name }, deps);
}

function choiceOf(c: C, { hosts }: Environment): ChartChoice | undefined {
  const span = readSpan(c.req.query('span') ?? '24h');
  const host = c.req.query('host') || undefined;
  const isKnown = host === undefined || hosts.some(({ name }) => name === host);
  return span !== undefined && isKnown ? { span, host } : undefined;
}

async function answerChart(c: C, { request, look }: PageChart, deps: DashboardDeps) {
  try {
    return c.json(pageChartOptions(await deps.metrics.chart(request), look));
  } catch (error) {
    if (error instanceof UserError) {
      return c.json({ problem: error.message }, 503);
    }
    throw error;
  }
}
