import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const READING = new Set(['GET', 'HEAD']);

/** Answers under our own name and on loopback only, so that no foreign name leads a browser here. */
export function checkHost(baseUrl: string): MiddlewareHandler {
  const own = new URL(baseUrl).host;
  return async (c, next) => {
    const host = c.req.header('host')?.toLowerCase() ?? '';
    if (host !== own && !LOOPBACK.has(host.replace(/:\d+$/, ''))) {
      throw new HTTPException(421);
    }
    await next();
  };
}

/**
 * Takes what changes something from our own pages, and from programs, which know nothing of origins. Browsers name the
 * origin `null` where a page tells no referrer, so what counts first is `Sec-Fetch-Site`.
 */
export function checkOrigin(baseUrl: string): MiddlewareHandler {
  const own = new URL(baseUrl).origin;
  return async (c, next) => {
    if (!READING.has(c.req.method) && !isFromOurPages(c, own) && !isFromProgram(c)) {
      throw new HTTPException(403);
    }
    await next();
  };
}

/** For forms of our own pages, which no program sends. */
export function ownPagesOnly(baseUrl: string): MiddlewareHandler {
  const own = new URL(baseUrl).origin;
  return async (c, next) => {
    if (!isFromOurPages(c, own)) {
      throw new HTTPException(403);
    }
    await next();
  };
}

function isFromOurPages(c: Context, own: string): boolean {
  const site = c.req.header('sec-fetch-site');
  return site === undefined ? c.req.header('origin') === own : site === 'same-origin';
}

function isFromProgram(c: Context): boolean {
  return c.req.header('sec-fetch-site') === undefined && c.req.header('origin') === undefined;
}
