import type { Context, MiddlewareHandler } from 'hono';
import type { Logger } from '../domain/logger.ts';

/** Names are shorter; what is longer may be a token. */
const LONGEST_SEGMENT = 40;
const LONGEST_PATH = 200;

/** One line a request, without query, headers and anything that could be a token. */
export function logRequests(logger: Logger): MiddlewareHandler {
  return async (c, next) => {
    const begun = performance.now();
    await next();
    const { method } = c.req;
    const isDull = (method === 'GET' || method === 'HEAD') && c.res.status < 400;
    const fields = { method, path: loggedPath(c), status: c.res.status, ms: Math.round(performance.now() - begun) };
    logger[isDull ? 'debug' : 'info']('Web request', fields);
  };
}

function loggedPath(c: Context): string {
  const segments = c.req.path.replace(/^\/sign-in\/.+/, '/sign-in/…').split('/');
  const shown = segments.map((segment) => (segment.length > LONGEST_SEGMENT ? '…' : segment)).join('/');
  return shown.slice(0, LONGEST_PATH);
}
