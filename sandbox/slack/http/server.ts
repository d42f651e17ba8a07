import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HumanError } from '../world/find.ts';
import { type Exchange, RequestError, sendJson, sendText } from './exchange.ts';

/** Answers a request of the page and returns true, or leaves it alone and returns false. */
export type PageHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Returns false when the path is not one of its. */
export type Route = (exchange: Exchange) => Promise<boolean>;

/** Slack keeps connections longer than clients do: a client never meets one that is just being closed. */
const KEEP_ALIVE_MS = 65_000;

/** Loopback names only: a web page that resolves its own name to 127.0.0.1 gets nothing. */
const OWN_HOSTS = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

export function createHttpServer(routes: () => readonly Route[], page: PageHandler | undefined): Server {
  const server = createServer((request, response) => {
    void answer(routes(), page, { request, response });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1000;
  return server;
}

/** Resolves with the address: `http://127.0.0.1:4800`. @throws the system's error, e.g. EADDRINUSE */
export function listen(server: Server, { port, host }: { port: number; host: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(`http://${host}:${(server.address() as AddressInfo).port}`);
    });
  });
}

async function answer(
  routes: readonly Route[],
  page: PageHandler | undefined,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname.split('/').slice(1).map(decode);
  const exchange: Exchange = { request, response, url, path };
  try {
    if (!OWN_HOSTS.test(request.headers.host ?? '')) {
      throw new RequestError(403, 'This Slack answers on 127.0.0.1 and localhost only.');
    }
    for (const route of routes) {
      if (await route(exchange)) {
        return;
      }
    }
    if (!page?.(request, response)) {
      sendText(exchange, 'There is nothing here.', 404);
    }
  } catch (error) {
    refuse(exchange, error);
  }
}

function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

function refuse(exchange: Exchange, error: unknown): void {
  if (exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  const status = error instanceof RequestError ? error.status : error instanceof HumanError ? 400 : 500;
  sendJson(exchange, { ok: false, error: error instanceof Error ? error.message : String(error) }, { status });
}
