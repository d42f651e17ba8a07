import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX_TOKENS } from '../../sandbox/world-receivers.ts';
import { seen, told } from '../support/ask.ts';
import { type BotWorld, startBotWorld } from '../support/bot-world.ts';
import { changeConfig } from '../support/change-config.ts';
import { until } from '../support/until.ts';
import { createVisitor, linkFor } from '../support/web-visitor.ts';

const ALICE = ['alice', 'acme-ops'] as const;
const DASHBOARD = '/msops dashboard prod';
const STARTED_AT = '2026-11-23T03:12:00Z';

let world: BotWorld;

beforeAll(async () => {
  world = await startBotWorld({ isReached: true });
}, 60_000);
afterAll(() => world?.stop());

async function signedIn(at: readonly [string, string], text = DASHBOARD) {
  const visitor = createVisitor(world);
  const link = await linkFor(world, at, text);
  expect(await visitor.signInBy(link)).toMatchObject({ status: 303 });
  return visitor;
}

type Labels = Record<string, string>;

/** With an alert of Alertmanager in it. */
function send(token: string, labels: Labels, status = 'firing'): Promise<Response> {
  return sendAll(token, [{ fingerprint: 'f1', labels }], status);
}

function sendAll(
  token: string,
  all: readonly { readonly fingerprint: string; readonly labels: Labels }[],
  status: string,
): Promise<Response> {
  const common = { status, annotations: { summary: 'queue is long' }, startsAt: STARTED_AT };
  const alerts = all.map((one) => ({ ...common, ...one }));
  return fetch(new URL('/webhooks/acme/alertmanager', world.environment.WEB_URL), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ version: '4', status, groupKey: 'g1', truncatedAlerts: 0, alerts }),
  });
}

const fromBot = (channel: string) => seen(world, 'alice', channel).map(({ text }) => text);

describe('the web pages', { timeout: 60_000 }, () => {
  it('are opened once by a link that only the asker sees', async () => {
    await told(world, ALICE, '/msops status prod').catch(() => undefined);
    const link = await linkFor(world, ALICE, DASHBOARD);
    expect(fromBot('ops-all').join()).not.toContain('sign-in');
    const [visitor, other] = [createVisitor(world), createVisitor(world)];
    expect(await visitor.get('/acme/prod')).toMatchObject({ status: 401 });
    expect((await visitor.get(link)).text).toContain('Sign in');
    expect(await visitor.signInBy(link)).toMatchObject({ status: 303 });
    expect(await other.signInBy(link)).toMatchObject({ status: 403 });
    const page = await visitor.get('/acme/prod');
    expect(page.status).toBe(200);
    expect(page.text).toContain('mi-2');
    expect(await other.get('/acme/prod')).toMatchObject({ status: 401 });
  });

  it("show a customer's people their own company and no name of another", async () => {
    const dana = await signedIn(['dana', 'acme-shared'], '@msops dashboard prod');
    const home = await dana.get('/');
    expect(home.text).toContain('Acme Bank');
    expect(home.text).not.toMatch(/globex|initech/i);
    const [other, nothing] = [await dana.get('/globex/prod'), await dana.get('/hooli/prod')];
    expect(other).toMatchObject({ status: 404 });
    expect(other.text.replaceAll('globex', 'hooli')).toBe(nothing.text);
    expect(await dana.get('/api/globex/prod/live')).toMatchObject({ status: 404 });
    expect(await dana.get('/api/globex/prod/chart?metric=cpu_busy_percent&span=1h')).toMatchObject({ status: 404 });
  });

  it('are not for whoever has no role for them', async () => {
    const { text } = await told(world, ['gus', 'globex-shared'], '@msops dashboard prod');
    expect(text).toContain('metric.read');
  });

  it('are over at once when a role ends', async () => {
    const dana = await signedIn(['dana', 'acme-shared'], '@msops dashboard prod');
    expect(await dana.get('/acme/prod')).toMatchObject({ status: 200 });
    changeConfig(world.configFile, (config) => {
      config.assignments = config.assignments.filter(({ role }) => role !== 'dashboard-viewer');
    });
    world.reload();
    const page = await dana.get('/acme/prod');
    expect(page.status).toBe(404);
    expect(page.text).not.toMatch(/acme|apim-1/i);
  });
});

describe('metrics', () => {
  const scrape = (path: string, token?: string) =>
    fetch(new URL(path, world.environment.WEB_URL), token ? { headers: { authorization: `Bearer ${token}` } } : {});

  it('of the bot and of a customer are for whoever has the token', async () => {
    expect((await scrape('/metrics')).status).toBe(401);
    expect((await scrape('/metrics', SANDBOX_TOKENS.acme_metrics)).status).toBe(401);
    expect(await (await scrape('/metrics', SANDBOX_TOKENS.metrics)).text()).toMatch(/^msops_interactions_total/m);
    const hosts = await (await scrape('/metrics/acme', SANDBOX_TOKENS.acme_metrics)).text();
    expect(hosts).toMatch(/^msops_host_up\{[^}]*host="mi-2"[^}]*\} 1$/m);
    expect(hosts).not.toMatch(/globex/);
    expect((await scrape('/metrics/globex', SANDBOX_TOKENS.acme_metrics)).status).toBe(404);
  });
});

describe("alerts of a customer's own monitoring", { timeout: 120_000 }, () => {
  it('come into the ops channel, and end when theirs end', async () => {
    const labels = { alertname: 'QueueTooLong', severity: 'critical', instance: 'mi-1:9090' };
    expect((await send('wrong', labels)).status).toBe(401);
    expect((await send(SANDBOX_TOKENS.acme_alerts, labels)).status).toBe(200);
    expect((await send(SANDBOX_TOKENS.acme_alerts, labels)).status).toBe(200);
    const shown = () => fromBot('acme-ops').filter((text) => text.includes('QueueTooLong'));
    await until('the alert is in the channel', () => shown().length > 0);
    expect((await send(SANDBOX_TOKENS.acme_alerts, labels, 'resolved')).status).toBe(200);
    await until('it is over', () => shown().some((text) => /over/.test(text)));
    expect(fromBot('globex-ops').join()).not.toContain('QueueTooLong');
  });

  it('that are their own affair are told to them alone', async () => {
    const labels = { alertname: 'PaymentsSlow', severity: 'critical', owner: 'customer' };
    expect((await send(SANDBOX_TOKENS.acme_alerts, labels)).status).toBe(200);
    const mails = () => world.outward?.mailServer.mails() ?? [];
    await until('the customer hears of it', () => fromBot('acme-shared').some((text) => text.includes('PaymentsSlow')));
    await until('their own people get a mail', () => mails().some(({ to }) => to.includes('services@acme.example')));
    expect(fromBot('acme-ops').join()).not.toContain('PaymentsSlow');
    expect(
      mails()
        .filter(({ subject }) => subject.includes('PaymentsSlow'))
        .flatMap(({ to }) => to),
    ).toEqual(['services@acme.example']);
  });

  it('are one message a title, edited, and one mail, when 500 come in ten seconds', async () => {
    const titles = ['PoolEmpty', 'NodeSlow', 'PodGone'];
    const all = Array.from({ length: 500 }, (_, index) => ({
      fingerprint: `many-${index}`,
      labels: { alertname: titles[index % 3]!, severity: 'critical', instance: `node-${index}:9100` },
    }));
    const isOfThem = (text: unknown) => titles.some((title) => String(text).includes(title));
    for (let first = 0; first < all.length; first += 20) {
      const [sent] = await Promise.all([
        sendAll(SANDBOX_TOKENS.acme_alerts, all.slice(first, first + 20), 'firing'),
        delay(400),
      ]);
      expect(sent.status).toBe(200);
    }
    const cards = () => world.slack.seenBy('alice', 'acme-ops').messages.filter(({ text }) => isOfThem(text));
    const counted = () => cards().map(({ text }) => Number(/ for (\d+) hosts/.exec(text)?.[1] ?? 0));
    await until('all to be shown', () => counted().reduce((sum, count) => sum + count, 0) === 500, 30_000);
    expect(counted().toSorted()).toEqual([166, 167, 167]);

    // As if 30 s had passed: Slack has them all, so nobody else has to hear of them.
    const waiting = "where state = 'waiting' and key not like '%:slack'";
    await world.database.query(`update deliveries set due_at = now() ${waiting}`);
    const isSettled = async () => (await world.database.query(`select 1 from deliveries ${waiting}`)).rowCount === 0;
    await until('what waits for Slack to be settled', isSettled, 30_000);
    const mails = () => (world.outward?.mailServer.mails() ?? []).filter(({ subject }) => isOfThem(subject));
    const oncall = ['oncall@meridian.example'];
    expect(mails().map(({ to }) => to)).toEqual([oncall, oncall, oncall]);

    expect((await sendAll(SANDBOX_TOKENS.acme_alerts, all, 'resolved')).status).toBe(200);
    await until('all to be over', () => cards().every(({ text }) => text.includes('over after')), 30_000);
    await until('the mails about that', () => mails().length === 6, 30_000);
    expect(cards()).toHaveLength(3);
    expect(Math.max(...cards().map(({ replies }) => replies.length))).toBeLessThanOrEqual(3);
    const edits = world.slack.calls.filter(({ method, args }) => method === 'chat.update' && isOfThem(args.text));
    expect(edits.length, 'in two channels, an edit a second and message at most').toBeLessThan(2 * 3 * 30);
  });
});
