import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from '../blocks/interactive.ts';
import type { Json } from '../world/model.ts';

/** One HTTP request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The path in pieces: `/api/chat.update` is `['api', 'chat.update']`. */
  readonly path: readonly string[];
}

const MAX_BODY_BYTES = 50 * 1024 * 1024;

export class RequestError extends Error {
  override name = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function sendJson(
  { response }: Exchange,
  body: unknown,
  head: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): void {
  response.writeHead(head.status ?? 200, { 'content-type': 'application/json; charset=utf-8', ...head.headers });
  response.end(JSON.stringify(body));
}

export function sendText({ response }: Exchange, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(body);
}

/** @throws RequestError 413 */
export async function readBody({ request }: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new RequestError(413, 'The body is too large.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws RequestError 400 */
export async function readJson(exchange: Exchange): Promise<Json> {
  const body = parseJson((await readBody(exchange)).toString());
  if (!isObject(body)) {
    throw new RequestError(400, 'The body must be a JSON object.');
  }
  return body;
}

/** @returns undefined when it is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Fields of a multipart body; files as buffers. */
export async function readForm(body: Buffer, contentType: string): Promise<Map<string, string | Buffer>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const fields = new Map<string, string | Buffer>();
  for (const [name, value] of form.entries()) {
    fields.set(name, typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()));
  }
  return fields;
}
