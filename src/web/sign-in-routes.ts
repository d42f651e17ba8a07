import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { SignInService } from '../services/sign-in/sign-in-service.ts';
import { signedOutPage, signInPage, signInRefusedPage, tooManyTriesPage } from '../views/dashboard-message-pages.ts';
import { ASSET_PATHS } from './assets.ts';
import { ownPagesOnly } from './check-request.ts';
import { clientAddress } from './client-address.ts';
import type { SignedIn } from './dashboard-deps.ts';
import type { SessionCookie } from './session-cookie.ts';
import { createTryLimit } from './sign-in-limit.ts';

/** From one address. */
const TRIES_A_MINUTE = 60;
const LARGEST_FORM = 4096;

export interface SignInRoutesDeps {
  readonly baseUrl: string;
  readonly signIn: SignInService;
  readonly cookie: SessionCookie;
}

/** The way in and out. */
export function createSignInRoutes({ baseUrl, signIn, cookie }: SignInRoutesDeps): Hono {
  const app = new Hono();
  const limit = createTryLimit(TRIES_A_MINUTE);
  const form = [ownPagesOnly(baseUrl), bodyLimit({ maxSize: LARGEST_FORM })] as const;

  app.get('/sign-in/:token', (c) => c.html(signInPage(c.req.param('token'), ASSET_PATHS)));

  app.post('/sign-in', ...form, async (c) => {
    if (!limit.allows(clientAddress(c))) {
      return c.html(tooManyTriesPage(ASSET_PATHS), 429);
    }
    const { token } = await c.req.parseBody();
    const begun = typeof token === 'string' ? await signIn.redeem(token) : undefined;
    if (begun === undefined) {
      return c.html(signInRefusedPage(ASSET_PATHS), 403);
    }
    await leave(c);
    cookie.write(c, begun.session);
    return c.redirect(begun.path, 303);
  });

  app.post('/sign-out', ...form, async (c) => {
    await leave(c);
    cookie.clear(c);
    return c.redirect('/', 303);
  });

  async function leave(c: Context): Promise<void> {
    const session = cookie.read(c);
    if (session !== undefined) {
      await signIn.signOut(session);
    }
  }

  return app;
}

/** Nothing is told to whoever has no session, not even whether the address exists. */
export function requireSession({ signIn, cookie }: Omit<SignInRoutesDeps, 'baseUrl'>) {
  return createMiddleware<SignedIn>(async (c, next) => {
    const session = cookie.read(c);
    const askedBy = c.req.query('by') === 'page' ? 'page' : 'person';
    const actor = session === undefined ? undefined : await signIn.whoIs(session, askedBy);
    if (actor === undefined) {
      return c.req.path.startsWith('/api/')
        ? c.json({ problem: 'You are not signed in any more.' }, 401)
        : c.html(signedOutPage(ASSET_PATHS), 401);
    }
    c.set('actor', actor);
    await next();
  });
}
