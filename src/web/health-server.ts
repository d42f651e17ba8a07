import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SetupError } from '../domain/errors.ts';

export interface HealthCheck {
  readonly name: string;
  /** Rejects or resolves `false` when the part does not work. */
  readonly isHealthy: () => Promise<boolean>;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

const CHECK_TIMEOUT_MS = 2_000;

/** `GET /healthz` on loopback: 200 with every part `ok`, else 503 that names the broken ones. Holds nothing secret. @throws {SetupError} when the port is taken. */
export async function startHealthServer(port: number, checks: readonly HealthCheck[]): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/healthz') {
      response.writeHead(404).end();
      return;
    }
    report(checks).then(
      (parts) => {
        const isHealthy = Object.values(parts).every((state) => state === 'ok');
        response.writeHead(isHealthy ? 200 : 503, { 'content-type': 'application/json' });
        response.end(JSON.stringify(parts));
      },
      () => response.writeHead(500).end(),
    );
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function report(checks: readonly HealthCheck[]): Promise<Record<string, 'ok' | 'broken'>> {
  const states = await Promise.all(checks.map(async (check) => [check.name, await stateOf(check)] as const));
  return Object.fromEntries(states);
}

async function stateOf({ isHealthy }: HealthCheck): Promise<'ok' | 'broken'> {
  const tooLate = new Promise<boolean>((resolve) => setTimeout(resolve, CHECK_TIMEOUT_MS, false).unref());
  const healthy = await Promise.race([isHealthy(), tooLate]).catch(() => false);
  return healthy ? 'ok' : 'broken';
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      reject(
        new SetupError(`The port of HEALTH_PORT cannot be used (${code}). Choose another one, or end what uses it.`),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
