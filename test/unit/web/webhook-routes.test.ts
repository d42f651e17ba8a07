import { describe, expect, it } from 'vitest';
import { ACME, anAlert, aWebhookWorld } from './webhook-world.ts';

const body = (...alerts: readonly unknown[]) => ({ version: '4', status: 'firing', groupKey: '{}:{}', alerts });

describe('the webhook', () => {
  it('takes alerts in, each by its own status, and answers with counts', async () => {
    const world = aWebhookWorld();
    const { status, text } = await world.post(
      body(
        anAlert(),
        anAlert({ status: 'resolved', fingerprint: 'f2', endsAt: '2026-03-01T02:30:00Z' }),
        anAlert({ fingerprint: 'f3', labels: { alertname: 'Note', severity: 'info' } }),
      ),
    );
    expect([status, JSON.parse(text)]).toEqual([200, { taken: 2, changed: 2, dropped: 1, cut: 0 }]);
    expect(world.received).toMatchObject([
      {
        environment: 'prod',
        alerts: [
          { fingerprint: 'f1', state: 'firing' },
          { fingerprint: 'f2', state: 'resolved' },
        ],
      },
    ]);
  });

  it.each([
    { what: 'an unknown customer', path: '/webhooks/nobody/alertmanager' },
    { what: 'a customer without a token', path: '/webhooks/initech/alertmanager' },
    { what: 'a customer whose token is not set', path: '/webhooks/globex/grafana' },
  ])('says of $what that there is nothing', async ({ path }) => {
    const { status, text } = await aWebhookWorld().post(body(anAlert()), { path });
    const nothing = await aWebhookWorld().post(body(anAlert()), { path: '/webhooks' });
    expect([status, text]).toEqual([404, nothing.text]);
  });

  it.each([undefined, 'wrong', 'token-of-acm', 'token-of-acme2'])('refuses the token %s', async (token) => {
    const world = aWebhookWorld();
    expect((await world.post(body(anAlert()), { token: token ?? '' })).status).toBe(401);
    expect(world.received).toEqual([]);
  });

  it('asks for a repeat when nothing could be saved', async () => {
    const world = aWebhookWorld();
    world.fail(new Error('the store is away'));
    const { status, headers } = await world.post(body(anAlert()));
    expect([status, headers.get('retry-after')]).toEqual([503, '30']);
    world.fail(undefined);
    expect((await world.post(body(anAlert()))).status).toBe(200);
  });

  it.each(['', 'no json', '[]', '{"alerts":3}', '{"alerts":[3]}'])('says of %j that it is no body', async (text) => {
    expect((await aWebhookWorld().post(text)).status).toBe(400);
  });

  it('takes no body above 1 MiB', async () => {
    const { status } = await aWebhookWorld().post(body(anAlert({ annotations: { summary: 'x'.repeat(1024 * 1024) } })));
    expect(status).toBe(413);
  });

  it('slows down whoever sends too often, and nobody else', async () => {
    const world = aWebhookWorld();
    for (let sent = 0; sent < 300; sent += 1) {
      await world.post(body());
    }
    const { status, headers } = await world.post(body());
    expect([status, headers.get('retry-after')]).toEqual([429, '1']);
    expect((await world.post(body(), { token: 'wrong' })).status).toBe(401);
    world.clock.advance(1_000);
    expect((await world.post(body())).status).toBe(200);
  });

  it('logs counts and nothing of the body', async () => {
    const world = aWebhookWorld();
    await world.post(body(anAlert({ labels: { alertname: 'SECRETNAME', environment: 'SECRETPLACE' } }), anAlert()));
    await world.post('SECRETBODY');
    expect(JSON.stringify(world.logger.lines)).not.toContain('SECRET');
    expect(world.logger.lines[0]?.fields).toMatchObject({ customer: 'acme', taken: 1 });
  });
});

describe('the environment', () => {
  it('is what the address says, else the label, else the only production', async () => {
    const world = aWebhookWorld();
    const other = { alertname: 'A', environment: 'nowhere' };
    expect(
      (await world.post(body(anAlert({ labels: other })), { path: '/webhooks/acme/grafana?environment=prod' })).status,
    ).toBe(200);
    expect((await world.post({ ...body(anAlert()), commonLabels: { env: 'prod' } })).status).toBe(200);
    expect((await world.post(body(anAlert()))).status).toBe(200);
    expect(world.received.map(({ environment }) => environment)).toEqual(['prod', 'prod', 'prod']);
  });

  it('is missed in words, without keeping the others out', async () => {
    const world = aWebhookWorld();
    const { status, text } = await world.post(body(anAlert({ labels: { alertname: 'A', env: 'nowhere' } }), anAlert()));
    expect([status, JSON.parse(text).problem]).toEqual([
      422,
      'Some alerts belong nowhere: there is no environment of that name.',
    ]);
    expect(world.received).toMatchObject([{ alerts: [{ fingerprint: 'f1' }] }]);
    const unwatched = await world.post(body(anAlert()), { path: '/webhooks/acme/grafana?environment=stage' });
    expect(unwatched.text).toContain('the environment stage is not monitored');
  });

  it('has to be said where there are several', async () => {
    const [prod] = ACME.environments;
    const customer = { ...ACME, environments: [prod!, { ...prod!, name: 'dr' }] };
    const { status, text } = await aWebhookWorld({ customers: [customer] }).post(body(anAlert()));
    expect(status).toBe(422);
    expect(text).toContain('add it, or ?environment=… to the address (there are: prod, dr)');
  });
});
