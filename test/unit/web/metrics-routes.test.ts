import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../src/domain/inventory.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { createMetricsRoutes, type MetricsRoutesDeps } from '../../../src/web/metrics-routes.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

const customer = (id: string, metrics?: string): Customer => {
  return { id, name: id, channels: [], environments: [], tokens: { metrics } };
};
const SECRETS: Record<string, string> = {
  metrics: 'token-of-bot',
  acme_metrics: 'token-of-acme',
  globex_metrics: 'token-of-globex',
};
const page = (text: string) => ({ contentType: 'text/plain; version=0.0.4', text });

function get(path: string, token: string | undefined, overrides: Partial<MetricsRoutesDeps> = {}) {
  const routes = createMetricsRoutes({
    customers: () => [customer('acme', 'acme_metrics'), customer('globex', 'globex_metrics'), customer('initech')],
    secrets: { get: (name) => (SECRETS[name] === undefined ? undefined : new Secret(SECRETS[name])) },
    bot: { page: async () => page('of the bot') },
    hosts: async ({ id }) => page(`of ${id}`),
    logger: createRecordingLogger(),
    ...overrides,
  });
  return routes.request(path, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
}

describe('GET /metrics', () => {
  it.each([
    ['/metrics', 'token-of-bot', 'of the bot'],
    ['/metrics/acme', 'token-of-acme', 'of acme'],
  ])('%s is there for its token', async (path, token, text) => {
    const response = await get(path, token);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      ...[200, 'text/plain; version=0.0.4', text],
    ]);
  });

  it.each([
    ['/metrics', undefined],
    ['/metrics', 'token-of-acme'],
    ['/metrics/acme', 'token-of-globex'],
    ['/metrics/acme', 'token-of-bot'],
    ['/metrics/acme', undefined],
  ])('%s is refused with the token %s', async (path, token) => {
    const response = await get(path, token);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('of ');
  });

  it.each(['/metrics/initech', '/metrics/nobody'])('%s is not there', async (path) => {
    expect((await get(path, 'token-of-acme')).status).toBe(404);
  });

  it('is not there without a secret for it', async () => {
    expect((await get('/metrics', 'token-of-bot', { secrets: { get: () => undefined } })).status).toBe(404);
  });

  it('fails when nothing could be read', async () => {
    const hosts = () => Promise.reject(new Error('postgres://user:pw@db is away'));
    const response = await get('/metrics/acme', 'token-of-acme', { hosts });
    expect([response.status, await response.text()]).toEqual([503, expect.not.stringContaining('postgres')]);
  });
});
