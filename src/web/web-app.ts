import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from '../domain/logger.ts';
import { errorPage, notFoundPage, refusedPage } from '../views/dashboard-message-pages.ts';
import { ASSET_PATHS } from './assets.ts';
import { checkHost, checkOrigin } from './check-request.ts';
import { logRequests } from './log-requests.ts';
import type { WebMount } from './web-server.ts';

export interface WebAppOptions {
  readonly baseUrl: string;
  readonly mounts: readonly WebMount[];
  readonly logger: Logger;
}

/** A hundred alerts in one body are far below it. */
const LARGEST_BODY = 2 * 1024 * 1024;

const OWN = ["'self'"];
const NOBODY = ["'none'"];
/** Our own files and nothing else: nothing inline, nothing foreign. */
const CONTENT_SECURITY_POLICY = {
  ...{ defaultSrc: NOBODY, baseUri: NOBODY, frameAncestors: NOBODY, formAction: OWN },
  ...{ scriptSrc: OWN, styleSrc: OWN, imgSrc: OWN, connectSrc: OWN },
};

/** What every address of ours has in common, and everything that is mounted. */
export function createWebApp({ baseUrl, mounts, logger }: WebAppOptions): Hono {
  const app = new Hono();
  app.use(logRequests(logger));
  app.use(
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
      strictTransportSecurity: new URL(baseUrl).protocol === 'https:' ? 'max-age=31536000' : false,
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) {
      c.header('cache-control', 'no-store');
    }
  });
  app.use(checkHost(baseUrl), checkOrigin(baseUrl), bodyLimit({ maxSize: LARGEST_BODY }));
  app.notFound(answerNotFound);
  app.onError((error, c) => answerError(error, c, logger));
  for (const { path, app: mounted } of mounts) {
    app.route(path, mounted);
  }
  return app;
}

/** The same for what does not exist and for what somebody may not see. */
export function answerNotFound(c: Context): Response | Promise<Response> {
  return isForPrograms(c)
    ? c.json({ problem: 'There is nothing here, or you may not see it.' }, 404)
    : c.html(notFoundPage(ASSET_PATHS), 404);
}

function answerError(error: Error, c: Context, logger: Logger): Response | Promise<Response> {
  const id = randomUUID().slice(0, 8);
  const status = error instanceof HTTPException ? error.status : 500;
  if (status >= 500) {
    logger.error('Web request failed', { requestId: id, error });
  }
  if (isForPrograms(c)) {
    return c.json({ problem: status >= 500 ? `Something went wrong in msops (${id}).` : 'Refused.' }, status);
  }
  return c.html(status >= 500 ? errorPage(id, ASSET_PATHS) : refusedPage(ASSET_PATHS), status);
}

function isForPrograms(c: Context): boolean {
  return c.req.path.startsWith('/api/') || !(c.req.header('accept') ?? '').includes('text/html');
}
