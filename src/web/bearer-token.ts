import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import type { Secret } from '../domain/secret.ts';

/** @param header `Authorization` of a request. Takes as long whatever is in it. */
export function bearsToken(header: string | undefined, token: Secret): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token.reveal()));
}

/** What a program is told that does not bear the token. */
export function answerUnauthorized(context: Context): Response {
  return context.json({ problem: 'The token is missing or not the right one.' }, 401, { 'www-authenticate': 'Bearer' });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
