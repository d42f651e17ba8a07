import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createSessionCookie } from '../../../src/web/session-cookie.ts';

async function written(baseUrl: string): Promise<string | null> {
  const cookie = createSessionCookie(baseUrl);
  const app = new Hono().get('/', (c) => {
    cookie.write(c, 'token');
    return c.text('');
  });
  return (await app.request('/')).headers.get('set-cookie');
}

describe('createSessionCookie', () => {
  it('is bound to this host and to https', async () => {
    expect(await written('https://msops.example')).toBe('__Host-msops=token; Path=/; HttpOnly; Secure; SameSite=Lax');
  });

  it('has another name on this machine, where there is no https', async () => {
    expect(await written('http://127.0.0.1:8080')).toBe('msops=token; Path=/; HttpOnly; SameSite=Lax');
  });
});
