import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Secret } from '../../domain/secret.ts';
import { isPrivateAddress, NotPrivateError, privateLookup } from './private-addresses.ts';

export interface FormPost {
  readonly url: URL;
  readonly form: URLSearchParams;
  readonly token: Secret | undefined;
  /** From the first packet to the last. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface FormAnswer {
  readonly status: number;
  readonly body: string;
}

/** The answer was longer than it may be. */
export class TooLargeError extends Error {
  override name = 'TooLargeError';
}

/**
 * Posts a form and reads the answer, whatever its status. Follows no redirect. Plain http only reaches loopback and
 * private addresses.
 *
 * @throws {TooLargeError | NotPrivateError} or what the network says; a `TimeoutError` when the time is over.
 */
export async function postForm(post: FormPost): Promise<FormAnswer> {
  const signal = AbortSignal.timeout(post.timeoutMs);
  try {
    const request = open(post, signal);
    request.end(post.form.toString());
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    return { status: response.statusCode ?? 0, body: await readBody(response, post.maxBytes) };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

function open({ url, token }: FormPost, signal: AbortSignal): http.ClientRequest {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
  };
  const options = { method: 'POST', headers, signal, agent: false };
  if (url.protocol === 'https:') {
    return https.request(url, options);
  }
  const address = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !isPrivateAddress(address)) {
    throw new NotPrivateError(address);
  }
  return http.request(url, { ...options, lookup: privateLookup });
}

async function readBody(response: http.IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new TooLargeError(`More than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
