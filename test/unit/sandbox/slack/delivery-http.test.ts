import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { startTestApp, startTestSlack } from '../../../support/slack-app.ts';
import { until } from '../../../support/until.ts';

interface Request {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('delivery over HTTP', () => {
  let slack: Slack;
  let server: Server;
  let requests: Request[];
  let status: number | 'never';

  beforeEach(async () => {
    requests = [];
    status = 200;
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      requests.push({ headers: request.headers, body });
      if (status !== 'never') {
        response.writeHead(status).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    slack = await startTestSlack('http', { ackTimeoutMs: 200, eventRetryDelaysMs: [0, 10, 10] });
    slack.setAppUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  });
  afterEach(async () => {
    await slack.stop();
    server.closeAllConnections();
    server.close();
  });

  it('is signed over the time and the raw body', async () => {
    await slack.human.say('alice', 'acme-ops', '/msops status prod');
    const [{ headers, body }] = requests as [Request];
    const at = headers['x-slack-request-timestamp'];
    const expected = createHmac('sha256', slack.tokens.signingSecret).update(`v0:${at}:${body}`).digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(60);
    expect(new URLSearchParams(body).get('text')).toBe('status prod');
  });

  it('is refused by an app that has another secret', async () => {
    const bolt = await startTestApp(slack, { mode: 'http', signingSecret: 'another' }, () => {});
    const outcome = await slack.human.say('alice', 'acme-ops', '/msops status prod');
    expect(outcome).toMatchObject({ ok: false, error: 'dispatch_failed', status: 401 });
    await bolt.stop();
  });

  it('tells the person in private when a command is not acked in time or refused', async () => {
    status = 'never';
    expect(await slack.human.say('alice', 'acme-ops', '/msops slow')).toMatchObject({ error: 'operation_timeout' });
    status = 500;
    expect(await slack.human.say('alice', 'acme-ops', '/msops broken')).toMatchObject({ error: 'dispatch_failed' });

    expect(slack.seenBy('alice', 'acme-ops').messages).toMatchObject([
      { text: '/msops failed with the error "operation_timeout"', isEphemeral: true, author: { handle: 'slackbot' } },
      { text: '/msops failed with the error "dispatch_failed"', isEphemeral: true },
    ]);
    expect(requests).toHaveLength(2);
  });

  it('shows what is not acked yet', async () => {
    status = 'never';
    const saying = slack.human.say('alice', 'acme-ops', '/msops slow');
    expect(slack.seenBy('alice').pending).toMatchObject([{ what: '/msops' }]);
    await saying;
    expect(slack.seenBy('alice').pending).toEqual([]);
  });

  it('repeats an event three times, with the reason, until it is acked', async () => {
    status = 500;
    await slack.human.say('alice', 'dm', 'hello');
    await until('four attempts', () => requests.length === 4);
    expect(requests.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(requests[1]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(requests.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);

    status = 200;
    await slack.human.say('alice', 'dm', 'again');
    expect(await slack.settled(60)).toBe(true);
    expect(requests).toHaveLength(5);
  });
});
