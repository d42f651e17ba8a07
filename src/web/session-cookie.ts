import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** The session in the browser, gone with it; how long it is good is kept here. Over https its name has the prefix by which browsers keep other hosts from setting it. */
export interface SessionCookie {
  read(c: Context): string | undefined;
  write(c: Context, session: string): void;
  clear(c: Context): void;
}

/** @param baseUrl http is for this machine alone, where browsers take no secure cookies. */
export function createSessionCookie(baseUrl: string): SessionCookie {
  const isSecure = new URL(baseUrl).protocol === 'https:';
  const name = isSecure ? '__Host-msops' : 'msops';
  const attributes = { path: '/', httpOnly: true, secure: isSecure, sameSite: 'Lax' } as const;
  return {
    read: (c) => getCookie(c, name),
    write: (c, session) => setCookie(c, name, session, attributes),
    clear: (c) => void deleteCookie(c, name, attributes),
  };
}
