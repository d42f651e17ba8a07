import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Listener {
  readonly url: string;
  readonly received: Received[];
  /** Answers in turn, the last one for good. A number is a status. */
  answer(...answers: readonly Answer[]): void;
  stop(): Promise<void>;
}

export type Answer = number | { readonly status: number; readonly body?: string; readonly location?: string };

/** Somebody who takes JSON, and answers as the test says. */
export async function startListener(): Promise<Listener> {
  const received: Received[] = [];
  let answers: Answer[] = [200];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: JSON.parse(Buffer.concat(chunks).toString() || 'null') });
    const next = (answers.length > 1 ? answers.shift() : answers[0]) ?? 200;
    const { status, body = '', location } = typeof next === 'number' ? { status: next } : next;
    response.writeHead(status, location === undefined ? {} : { location }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer(...next) {
      answers = [...next];
      received.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
