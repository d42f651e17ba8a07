import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../domain/secret.ts';

/** @param header `Authorization` of a request. Takes as long whatever is in it. */
export function bearsToken(header: string | undefined, token: Secret): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token.reveal()));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
