import type { Json } from '../world/model.ts';
import { signedHeaders } from './signature.ts';
import type { Ack, Envelope, Transport } from './transport.ts';

export interface HttpTransportOptions {
  /** The app's request URL, e.g. `http://127.0.0.1:3000/slack/events`; undefined until the app is up. */
  url(): string | undefined;
  readonly signingSecret: string;
  readonly ackTimeoutMs: number;
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** Signed requests to the app's one request URL. */
export function createHttpTransport({ url, signingSecret, ackTimeoutMs }: HttpTransportOptions): Transport {
  const stopped = new AbortController();
  return {
    async send(envelope) {
      const address = url();
      if (address === undefined) {
        return { ok: false, error: 'dispatch_failed', retryReason: 'connection_failed' };
      }
      const { body, type } = encode(envelope);
      const headers = { ...signedHeaders(body, signingSecret), ...retryHeaders(envelope), 'content-type': type };
      const signal = AbortSignal.any([AbortSignal.timeout(ackTimeoutMs), stopped.signal]);
      try {
        return await readAck(await fetch(address, { method: 'POST', body, headers, signal }));
      } catch (error) {
        return failure(error);
      }
    },
    async stop() {
      stopped.abort();
    },
  };
}

function encode({ kind, payload }: Envelope): { body: string; type: string } {
  if (kind === 'events_api') {
    return { body: JSON.stringify(payload), type: JSON_TYPE };
  }
  const fields = kind === 'slash_commands' ? words(payload) : { payload: JSON.stringify(payload) };
  return { body: new URLSearchParams(fields).toString(), type: FORM };
}

function words(payload: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}

function retryHeaders({ retryNum, retryReason }: Envelope): Record<string, string> {
  return retryNum === 0 ? {} : { 'x-slack-retry-num': String(retryNum), 'x-slack-retry-reason': retryReason };
}

async function readAck(response: Response): Promise<Ack> {
  const text = await response.text();
  if (!response.ok) {
    const isFinal = response.headers.get('x-slack-no-retry') === '1';
    return { ok: false, error: 'dispatch_failed', status: response.status, retryReason: 'http_error', isFinal };
  }
  return { ok: true, body: parse(text) };
}

/** An ack is empty, JSON or plain text. */
function parse(text: string): unknown {
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

function failure(error: unknown): Ack {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  return isTimeout
    ? { ok: false, error: 'operation_timeout', retryReason: 'http_timeout' }
    : { ok: false, error: 'dispatch_failed', retryReason: 'connection_failed' };
}
