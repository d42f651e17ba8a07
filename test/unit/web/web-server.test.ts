import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { startWebServer, type WebMount, type WebServer } from '../../../src/web/web-server.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

const HTML = { accept: 'text/html' };

describe('startWebServer', () => {
  let server: WebServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  const logger = createRecordingLogger();
  const start = async (mounts: readonly WebMount[] = [], port = 0) => {
    server = await startWebServer({ host: '127.0.0.1', port, baseUrl: 'https://msops.example', mounts, logger });
    return `http://127.0.0.1:${server.port}`;
  };
  const mounted = (path: string, set: (app: Hono) => void): WebMount => {
    const app = new Hono();
    set(app);
    return { path, app };
  };
  const raw = (port: number, text: string) =>
    new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => {
        answer += chunk.toString();
      });
      socket.on('close', () => resolve(answer));
    });

  it('allows pages nothing but our own files', async () => {
    const { headers } = await fetch(await start());
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'strict-transport-security': 'max-age=31536000',
    });
  });

  it.each(['evil.example', '127.0.0.1.evil.example', ''])('does not answer as %j', async (host) => {
    await start([mounted('/', (app) => app.get('/', (c) => c.text('secret')))]);
    const answer = await raw(server!.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 4(?:21|00)/);
    expect(answer).not.toContain('secret');
  });

  it.each(['msops.example', 'localhost:80', '127.0.0.1', '[::1]:8080'])('answers as %s', async (host) => {
    await start([mounted('/', (app) => app.get('/', (c) => c.text('hello')))]);
    const answer = await raw(server!.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toContain('hello');
  });

  it('takes what programs send, and nothing that a page of another site sends', async () => {
    const url = await start([mounted('/webhooks', (app) => app.post('/alerts', (c) => c.text('taken')))]);
    const post = (headers: Record<string, string>) => fetch(`${url}/webhooks/alerts`, { method: 'POST', headers });
    expect((await post({})).status).toBe(200);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'https://msops.example' })).status).toBe(200);
  });

  it('tells nothing of what went wrong but a number that is in the log', async () => {
    const fail = () => {
      throw new Error('password is hunter2');
    };
    const url = await start([mounted('/', (app) => app.get('/page', fail).get('/api/x', fail))]);
    for (const path of ['/page', '/api/x']) {
      const response = await fetch(`${url}${path}`, { headers: HTML });
      const text = await response.text();
      expect([response.status, text.includes('hunter2')]).toEqual([500, false]);
      const { requestId } = logger.lines.findLast(({ message }) => message === 'Web request failed')!.fields;
      expect(text).toContain(requestId);
    }
  });

  it('has a page for what is not there', async () => {
    const response = await fetch(`${await start()}/nowhere`, { headers: HTML });
    expect([response.status, (await response.text()).includes('There is nothing here')]).toEqual([404, true]);
  });

  it('takes no body that is too large', async () => {
    const url = await start([mounted('/', (app) => app.post('/x', async (c) => c.text(await c.req.text())))]);
    const response = await fetch(`${url}/x`, { method: 'POST', body: 'x'.repeat(3_000_000) });
    expect(response.status).toBe(413);
  });

  it('does not wait for ever for those who still listen when it closes', async () => {
    const url = await start([
      mounted('/', (app) =>
        app.get(
          '/stream',
          () => new Response(new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode('x')) })),
        ),
      ),
    ]);
    const response = await fetch(`${url}/stream`);
    const reader = response.body!.getReader();
    await reader.read();
    await server!.close();
    await expect(reader.read()).rejects.toThrow();
  });

  it('names the settings when its port is taken', async () => {
    await start();
    const again = startWebServer({
      ...{ host: '127.0.0.1', port: server!.port, baseUrl: 'https://msops.example', mounts: [], logger },
    });
    await expect(again).rejects.toThrow('WEB_HOST and WEB_PORT cannot be used (EADDRINUSE)');
  });
});
