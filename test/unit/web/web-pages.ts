import { createDashboardRoutes } from '../../../src/web/dashboard-routes.ts';
import { createWebApp } from '../../../src/web/web-app.ts';
import { createDashboardWorld, type DashboardWorld } from './dashboard-world.ts';

const BASE_URL = 'https://msops.example';
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin', origin: 'null', accept: 'text/html' };

export interface WebPages extends DashboardWorld {
  ask(path: string, options?: RequestInit): Promise<Response>;
  /** @returns the cookie of a session. */
  signIn(who: 'alice' | 'dana' | 'gus'): Promise<string>;
  /** Status and text, as somebody. */
  see(cookie: string, path: string): Promise<[number, string]>;
}

/** The whole of the web pages without a socket. */
export function createWebPages(): WebPages {
  const world = createDashboardWorld(BASE_URL);
  const app = createWebApp({
    baseUrl: BASE_URL,
    mounts: [{ path: '/', app: createDashboardRoutes(world.deps) }],
    logger: world.logger,
  });
  const ask: WebPages['ask'] = async (path, { headers, ...options } = {}) =>
    app.request(path, { ...options, headers: { host: 'msops.example', accept: 'text/html', ...headers } });
  return Object.assign(world, {
    ask,
    async signIn(who: 'alice' | 'dana' | 'gus') {
      const body = new URLSearchParams({ token: await world.token(who) });
      const response = await ask('/sign-in', { method: 'POST', body, headers: OWN_PAGE });
      return response.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
    async see(cookie: string, path: string): Promise<[number, string]> {
      const response = await ask(path, { headers: { cookie } });
      return [response.status, await response.text()];
    },
  });
}
