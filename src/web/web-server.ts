import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { SetupError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { createWebApp } from './web-app.ts';

export interface WebServerOptions {
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** How browsers reach it, from its root. */
  readonly baseUrl: string;
  /** What is served where. The first that knows a path answers. */
  readonly mounts: readonly WebMount[];
  readonly logger: Logger;
}

export interface WebMount {
  /** `/` or `/webhooks`. */
  readonly path: string;
  readonly app: Hono;
}

export interface WebServer {
  readonly port: number;
  /** Lets requests that go on end, for a moment. */
  close(): Promise<void>;
}

/** Whoever sends or reads slower than this is cut off. */
const LIMITS = {
  ...{ headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 },
  connectionsCheckingInterval: 2_000,
};
const IDLE_TIMEOUT_MS = 60_000;
const MOST_CONNECTIONS = 1_000;
const CLOSE_AFTER_MS = 3_000;

/** @throws {SetupError} when the port is taken. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const app = createWebApp(options);
  const adaptor = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions: LIMITS });
  const server = adaptor as Server;
  server.setTimeout(IDLE_TIMEOUT_MS);
  server.maxConnections = MOST_CONNECTIONS;
  await listen(server, options);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function listen(server: Server, { host, port }: WebServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const advice = 'Choose others, or end what uses the port.';
      reject(new SetupError(`WEB_HOST and WEB_PORT cannot be used (${code}). ${advice}`, { mayPass: true }));
    });
    server.listen(port, host, resolve);
  });
}

function close(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), CLOSE_AFTER_MS).unref();
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    server.closeIdleConnections();
  });
}
