import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { createTestClient, startTestApp, startTestSlack, type TestApp } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

describe('delivery over Socket Mode', () => {
  let slack: Slack;
  const running: TestApp[] = [];

  beforeEach(async () => {
    slack = await startTestSlack('socket', { ackTimeoutMs: 400, eventRetryDelaysMs: [0, 10, 10] });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((bolt) => bolt.stop()));
    await slack.stop();
  });

  async function startApp(name: string, seen: string[]): Promise<void> {
    const listen = (app: App) => {
      app.command('/msops', async ({ ack, command }) => {
        seen.push(`${name} ${command.text}`);
        await ack();
      });
    };
    running.push(await startTestApp(slack, { mode: 'socket', clientPingTimeout: 700 }, listen));
  }

  it('hands each envelope to one connection, in turn', async () => {
    const seen: string[] = [];
    await startApp('first', seen);
    await startApp('second', seen);
    for (const text of ['1', '2', '3', '4']) {
      expect(await slack.human.say('alice', 'acme-ops', `/msops ${text}`)).toMatchObject({ ok: true });
    }
    expect(seen).toEqual(['first 1', 'second 2', 'first 3', 'second 4']);
  });

  for (const kind of ['drop', 'refresh_requested'] as const) {
    it(`reaches an app that has come back after ${kind}`, async () => {
      const seen: string[] = [];
      await startApp('only', seen);
      slack.disconnect(kind);
      expect(slack.connections()).toBe(0);
      expect(await slack.human.say('alice', 'acme-ops', '/msops deaf')).toMatchObject({ error: 'dispatch_failed' });

      await until('the app to come back', () => slack.connections() === 1);
      expect(await slack.human.say('alice', 'acme-ops', '/msops back')).toMatchObject({ ok: true });
      expect(seen).toEqual(['only back']);
    });
  }

  it('sends events that are not acked again, with their number, but never commands', async () => {
    const socket = await connect();
    const envelopes: { type: string; retry_attempt?: number; payload: { event_id?: string } }[] = [];
    socket.on('message', (data) => envelopes.push(JSON.parse(String(data))));

    await slack.human.say('alice', 'dm', 'hello');
    await until('four attempts', () => envelopes.length === 4);
    expect(envelopes.map(({ retry_attempt }) => retry_attempt)).toEqual([0, 1, 2, 3]);
    expect(new Set(envelopes.map(({ payload }) => payload.event_id)).size).toBe(1);

    expect(await slack.human.say('alice', 'acme-ops', '/msops slow')).toMatchObject({ error: 'operation_timeout' });
    expect(await slack.settled(60)).toBe(true);
    expect(envelopes.filter(({ type }) => type === 'slash_commands')).toHaveLength(1);
  });

  it('refuses the eleventh connection and a ticket that was used', async () => {
    const client = createTestClient(slack, slack.tokens.app);
    const { url = '' } = await client.apps.connections.open({});
    await hello(new WebSocket(url));
    await expect(hello(new WebSocket(url))).rejects.toThrow('401');
    for (let count = 2; count <= 10; count += 1) {
      expect(await connect()).toBeDefined();
    }
    await expect(connect()).rejects.toThrow('too_many_websockets');
    expect(slack.connections()).toBe(10);
  });

  it('opens connections for the app token only', async () => {
    await expect(createTestClient(slack).apps.connections.open({})).rejects.toThrow('not_allowed_token_type');
  });

  async function connect(): Promise<WebSocket> {
    const { url = '' } = await createTestClient(slack, slack.tokens.app).apps.connections.open({});
    return hello(new WebSocket(url));
  }
});

function hello(socket: WebSocket): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('message', (data) => {
      const { type, reason } = JSON.parse(String(data));
      type === 'hello' ? resolve(socket) : reject(new Error(reason));
    });
  });
}
