import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { createMessagePoster } from '../../../../src/adapters/slack/message-poster.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function respondTo(responseUrl: string, slack: string): Promise<unknown> {
  const poster = createMessagePoster(new WebClient('xoxb-1', { slackApiUrl: `${slack}/api/` }));
  return poster.post({ kind: 'response_url', responseUrl }, { text: 'hello' });
}

describe('createMessagePoster', () => {
  it('writes to a response URL of its Slack', async () => {
    const seen: unknown[] = [];
    const slack = await serve((request, response) => {
      request.on('data', (body) => seen.push(JSON.parse(String(body)))).on('end', () => response.end('ok'));
    });
    await respondTo(`${slack}/commands/1`, slack);
    expect(seen).toEqual([{ response_type: 'ephemeral', replace_original: false, text: 'hello' }]);
  });

  it.each([
    'http://hooks.slack.com/commands/1',
    'https://hooks.slack.com.example.net/',
    'file:///etc/passwd',
    'no address',
  ])('never calls %s', async (responseUrl) => {
    const slack = await serve((_request, response) => response.end('ok'));
    await expect(respondTo(responseUrl, slack)).rejects.toMatchObject({ kind: 'permanent' });
  });

  it('never calls an address of the machine, nor follows one there', async () => {
    const called: string[] = [];
    const inside = await serve((request, response) => {
      called.push(request.url ?? '');
      response.end('ok');
    });
    const slack = await serve((_request, response) => {
      response.writeHead(307, { location: `${inside}/followed` }).end();
    });
    await expect(respondTo(`${inside}/direct`, slack)).rejects.toMatchObject({ kind: 'permanent' });
    await expect(respondTo(`${slack}/commands/1`, slack)).rejects.toThrow();
    expect(called).toEqual([]);
  });
});
