import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../../sandbox/mail/certificates.ts';
import { createPrometheusSource } from '../../../../src/adapters/prometheus/prometheus-source.ts';
import type { Environment, PrometheusSource } from '../../../../src/domain/inventory.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import { closedPort, startSilentServer } from '../../../support/silent-server.ts';
import { anEnvironment } from '../../../support/world.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 0, minute));
const TOKEN = 'tok-3n';
const QUERIES = { cpu_busy_percent: 'cpu{host="{{host}}"}' };
const secrets = { get: (name: string) => (name === 'acme_prometheus' ? new Secret(TOKEN) : undefined) };

interface Asked {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

describe('createPrometheusSource', () => {
  let server: http.Server;
  let asked: Asked[];
  let answer: (asked: Asked, response: http.ServerResponse) => void;

  beforeEach(async () => {
    asked = [];
    server = http.createServer(async (request, response) => {
      const body = (await request.toArray()).join('');
      const one = {
        url: request.url,
        authorization: request.headers.authorization,
        form: new URLSearchParams(body),
      };
      asked.push(one);
      answer(one, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function read(settings: Partial<PrometheusSource> = {}, hosts = ['mi-1'], timeoutMs = 5_000) {
    const metricSource = { url: base(), queries: QUERIES, ...settings };
    const environment = { ...anEnvironment('acme', 'prod', hosts), monitoring: { metricSource } };
    return createPrometheusSource({ secrets, timeoutMs }).series({
      environment: environment as unknown as Environment,
      ...{ metric: 'cpu_busy_percent', hosts, from: at(0), until: at(30), stepSeconds: 900 },
    });
  }

  const answerWith = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    answer = (_, response) => {
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  };
  const matrix = (result: readonly (readonly [part: string, minute: number, value: string])[]) => ({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: result.map(([msops, minute, value]) => ({
        metric: { msops },
        values: [[at(minute).getTime() / 1_000, value]],
      })),
    },
  });
  const all = (minute: number, value: string) =>
    ['low', 'average', 'high'].map((part) => [part, minute, value] as const);
  const failure = async (settings?: Partial<PrometheusSource>, timeoutMs?: number) => {
    const error = await read(settings, ['mi-1'], timeoutMs).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'UserError', hint: expect.stringMatching(/./) });
    expect(String((error as { message: string }).message)).not.toContain(TOKEN);
    return (error as { message: string }).message;
  };

  it('asks for whole steps, by a form, with the token, below the address that is configured', async () => {
    answerWith(200, matrix([]));
    expect(await read({ url: `${base()}/prom/`, token: 'acme_prometheus' })).toEqual([{ host: 'mi-1', points: [] }]);
    expect(asked).toMatchObject([{ url: '/prom/api/v1/query_range', authorization: `Bearer ${TOKEN}` }]);
    const form = Object.fromEntries(asked[0]?.form ?? []);
    expect(form).toMatchObject({ start: `${+at(15) / 1_000}`, end: `${+at(30) / 1_000}`, step: '900' });
    expect(form.query).toContain('cpu{host="mi-1"}');
  });

  it('gives each step from its beginning; of several series the highest counts', async () => {
    answerWith(
      200,
      matrix([...all(30, '7'), ['low', 15, '1'], ['average', 15, '2.5'], ['high', 15, '4'], ...all(15, '3')]),
    );
    expect(await read()).toEqual([
      {
        host: 'mi-1',
        points: [
          { at: at(0), low: 3, average: 3, high: 4 },
          { at: at(15), low: 7, average: 7, high: 7 },
        ],
      },
    ]);
  });

  it.each(['NaN', '+Inf', '-Inf', 'odd'])('takes %s for a gap', async (value) => {
    answerWith(200, matrix([...all(15, '1'), ['low', 30, '1'], ['average', 30, value], ['high', 30, '1']]));
    expect((await read())[0]?.points).toEqual([{ at: at(0), low: 1, average: 1, high: 1 }]);
  });

  it('asks four hosts at a time, and answers in their order', async () => {
    const held: (() => void)[] = [];
    let asked = 0;
    let most = 0;
    // Nobody is answered before as many ask as may, and a moment later, for one who should not.
    const release = () => {
      most = Math.max(most, held.length);
      held.splice(0).forEach((respond) => void respond());
    };
    answer = ({ form }, response) => {
      asked += 1;
      const number = /mi-(\d+)/.exec(form.get('query') ?? '')?.[1] ?? '';
      held.push(() => response.end(JSON.stringify(matrix(all(15, number)))));
      if (held.length === 4 || asked === 9) {
        setTimeout(release, 20);
      }
    };
    const hosts = Array.from({ length: 9 }, (_, index) => `mi-${index}`);
    const found = await read({}, hosts);
    expect(found.map(({ host, points }) => [host, points[0]?.high])).toEqual(hosts.map((host, index) => [host, index]));
    expect(most).toBe(4);
  });

  it.each([
    [
      422,
      { errorType: 'execution', error: 'many-to-many\nmatching not allowed' },
      /does not take the query. It says: many-to-many matching/,
    ],
    [
      400,
      { errorType: 'bad_data', error: 'parse error: unexpected "}"' },
      /does not take the query. It says: parse error/,
    ],
    [
      422,
      { errorType: 'execution', error: 'query processing would load too many samples into memory' },
      /too many samples/,
    ],
    [503, { errorType: 'timeout', error: 'query timed out in expression evaluation' }, /needed too long/],
    [401, 'Unauthorized', /does not accept the token \(401\)\.$/],
    [403, '', /does not allow the query \(403\)/],
    [404, '404 page not found', /has no API there/],
    [503, 'Service Unavailable', /is not ready \(503\)/],
    [500, '<html>', /answered with status 500/],
    [200, '<html>Log in</html>', /gave an answer that is not Prometheus'/],
    [200, { data: { resultType: 'vector', result: [] } }, /gave an answer that is not Prometheus'/],
    [200, 'null', /gave an answer that is not Prometheus'/],
  ])('says what %i %j means', async (status, body, words) => {
    answerWith(status, body);
    expect(await failure({ token: 'acme_prometheus' })).toMatch(words);
  });

  it('does not follow a redirect, and so shows nobody else the token', async () => {
    answerWith(302, '', { location: `${base()}/elsewhere` });
    expect(await failure({ token: 'acme_prometheus' })).toMatch(/leads elsewhere \(302\)/);
    expect(asked).toHaveLength(1);
  });

  it('stops at an answer without end', async () => {
    answer = (_, response) => {
      const chunk = Buffer.alloc(1_000_000, 32);
      const more = () => !response.destroyed && response.write(chunk, more);
      response.writeHead(200);
      more();
    };
    expect(await failure()).toMatch(/answered with more than msops takes/);
  });

  it('stops when an answer takes too long, before and after its beginning', async () => {
    const silent = await startSilentServer();
    expect(await failure({ url: `http://127.0.0.1:${silent.port}` }, 100)).toMatch(/did not answer within 0.1 s/);
    await silent.close();
    answer = (_, response) => void response.writeHead(200).write('{');
    expect(await failure({}, 300)).toMatch(/did not answer within 0.3 s/);
  });

  it('tells who cannot be reached, and why', async () => {
    expect(await failure({ url: `http://127.0.0.1:${await closedPort()}` })).toMatch(
      /^Prometheus 127.0.0.1:\d+ refused/,
    );
    expect(await failure({ url: base().replace('http:', 'https:') })).toMatch(/does not speak TLS as it should/);
    expect(await failure({ token: 'nobody' })).toMatch(/the secret `nobody` is not there/);
  });

  it('trusts no certificate that nobody it knows has signed', async () => {
    const { key, certificate } = createAuthority().issue(['127.0.0.1']);
    const stranger = https.createServer({ key, cert: certificate }, (_, response) => response.end());
    await once(stranger.listen(0, '127.0.0.1'), 'listening');
    const { port } = stranger.address() as AddressInfo;
    expect(await failure({ url: `https://127.0.0.1:${port}` })).toMatch(
      /has a certificate that msops does not trust \(/,
    );
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('never speaks plain http to the internet', async () => {
    expect(await failure({ url: 'http://192.0.2.1:9090', token: 'acme_prometheus' })).toMatch(
      /not in a private network/,
    );
    expect(await failure({ url: 'http://[2001:db8::1]:9090' })).toMatch(/not in a private network/);
    answerWith(200, matrix([]));
    await expect(read({ url: base().replace('127.0.0.1', 'localhost') })).resolves.toHaveLength(1);
  });
});
