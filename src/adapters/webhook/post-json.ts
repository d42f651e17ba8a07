import { missingSecret, type NamedSecrets } from '../../domain/named-secrets.ts';
import type { Secret } from '../../domain/secret.ts';
import type { Trouble } from '../../services/deliveries/ports.ts';
import { foreignText } from '../foreign-text.ts';
import { networkTrouble } from '../network-trouble.ts';
import { readHttpAnswer } from './http-trouble.ts';
import { isSafeAddress } from './safe-address.ts';

export interface Post {
  /** How the other side is called in sentences: `Webhook acme-alertmanager`. */
  readonly name: string;
  readonly url: string;
  /** Name of the secret with a bearer token. */
  readonly token?: string | undefined;
  readonly body: unknown;
  /** The other side may know by it that a second request is the same one. */
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

export type PostOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  | { readonly kind: 'later'; readonly trouble: Trouble };

const MAX_ANSWER_BYTES = 2_000;

/** POSTs JSON and reads the answer as one of three: taken, refused for good, or to be tried again. Never follows a redirect. */
export async function postJson(post: Post, secrets: NamedSecrets): Promise<PostOutcome> {
  const token = post.token === undefined ? undefined : secrets.get(post.token);
  const problem = problemOf(post, token);
  if (problem !== undefined) {
    return { kind: 'refused', trouble: { class: 'not_configured', text: `${post.name} ${problem}` } };
  }
  try {
    const response = await fetch(post.url, {
      method: 'POST',
      headers: headersOf(post, token),
      body: JSON.stringify(post.body),
      redirect: 'manual',
      signal: post.signal,
    });
    return readHttpAnswer(post, { status: response.status, said: foreignText(await start(response), token) });
  } catch (error) {
    return unreachable(post.name, error as Error);
  }
}

function problemOf({ url, token: name }: Post, token: Secret | undefined): string | undefined {
  if (name !== undefined && token === undefined) {
    return `has no token: ${missingSecret(name)}`;
  }
  return isSafeAddress(url) ? undefined : 'has an address that is not https. Correct `url` in msops.yml.';
}

function headersOf({ idempotencyKey }: Post, token: Secret | undefined): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'msops',
    'idempotency-key': encodeURIComponent(idempotencyKey),
    ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
  };
}

/** Enough for a sentence; the rest is not read. */
async function start(response: Response): Promise<string> {
  if (response.ok || response.body === null) {
    await response.body?.cancel();
    return '';
  }
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER_BYTES) {
      break;
    }
  }
  return text;
}

function unreachable(name: string, error: Error): PostOutcome {
  const { code, message = error.message } = (error.cause ?? {}) as { code?: string; message?: string };
  if (message === 'bad port') {
    const text = `${name} is on a port that is never asked by HTTP. Correct \`url\` in msops.yml.`;
    return { kind: 'refused', trouble: { class: 'not_configured', text } };
  }
  const isOver = error.name === 'TimeoutError' || error.name === 'AbortError';
  const said = foreignText(message);
  const found = networkTrouble([isOver ? 'ETIMEDOUT' : code], said);
  const { what, next } = found ?? { what: `cannot be asked (${said})`, next: 'It is tried again.' };
  return { kind: 'later', trouble: { class: found?.class ?? 'other', text: `${name} ${what}. ${next}` } };
}
