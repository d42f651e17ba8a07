import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { AwsError } from '../aws-error.ts';
import type { Faults } from '../faults.ts';
import type { MovableClock } from '../movable-clock.ts';
import type { Asked, AwsAnswer, AwsRequest, AwsService } from './aws-request.ts';
import { type Keys, readScope, verifySignature } from './sigv4.ts';

/** One request as the server understood it. */
export interface Call {
  readonly at: Date;
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Of the HTTP answer. */
  readonly status: number;
  /** Code of the error, when it was one. */
  readonly error?: string | undefined;
}

export interface AwsServerDeps {
  /** By the name under which each signs. */
  readonly services: Readonly<Record<string, AwsService>>;
  readonly keys: Keys;
  readonly clock: MovableClock;
  readonly faults: Faults;
  onCall(call: Call): void;
}

/** All services on one port: which one is meant, the scope of the signature says. */
export function createAwsServer(deps: AwsServerDeps): Server {
  return createServer((incoming, response) => {
    readRequest(incoming)
      .then((request) => answer(request, deps))
      .catch((error: unknown) => brokenAnswer(error))
      .then(({ status, headers, body }) => {
        // The SDK sets its own clock by this header.
        response.writeHead(status, { ...headers, date: deps.clock.now().toUTCString() });
        response.end(body);
      })
      .catch(() => response.destroy());
  });
}

async function answer(request: AwsRequest, deps: AwsServerDeps): Promise<AwsAnswer> {
  const requestId = randomUUID();
  const service = serviceOf(request, deps);
  let asked: Asked = { operation: '?', input: {} };
  const note = (status: number, error?: string) => {
    const { service: name = '?', region = '?' } = quietScope(request) ?? {};
    deps.onCall({ at: deps.clock.now(), service: name, region, ...asked, status, error });
  };
  try {
    const scope = verifySignature(request, deps.keys, deps.clock.now());
    asked = service.read(request);
    await deps.faults.meet(asked.operation);
    const output = await service.serve(asked, scope);
    note(200);
    return service.answer(asked, output, requestId);
  } catch (error) {
    const known = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
    const refused = service.refuse(known, requestId);
    note(refused.status, known.code);
    return refused;
  }
}

/** Somebody whose request names no service hears it in JSON. */
function serviceOf(request: AwsRequest, { services }: AwsServerDeps): AwsService {
  const named = quietScope(request)?.service;
  const service = services[named ?? 'ses'];
  if (service === undefined) {
    throw new AwsError('UnknownService', `There is no service ${named} here.`, 404);
  }
  return service;
}

function quietScope(request: AwsRequest) {
  try {
    return readScope(request);
  } catch {
    return undefined;
  }
}

function brokenAnswer(error: unknown): AwsAnswer {
  const [code, status] = error instanceof AwsError ? [error.code, error.status ?? 400] : ['InternalFailure', 500];
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
  return { status, headers, body: JSON.stringify({ message: error instanceof Error ? error.message : 'unknown' }) };
}

async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}
