import { beforeEach, describe, expect, it } from 'vitest';
import { createWebPages, OWN_PAGE, type WebPages } from './web-pages.ts';

describe('sign-in', () => {
  let pages: WebPages;
  beforeEach(() => {
    pages = createWebPages();
  });

  const post = (token: string, headers: Record<string, string> = OWN_PAGE) =>
    pages.ask('/sign-in', { method: 'POST', body: new URLSearchParams({ token }), headers });

  it('is not used up by looking at the link, however often', async () => {
    const token = await pages.token('dana');
    for (let looks = 0; looks < 5; looks += 1) {
      const page = await pages.ask(`/sign-in/${token}`);
      expect([page.status, page.headers.get('set-cookie')]).toEqual([200, null]);
      expect(await page.text()).toContain(`name="token" value="${token}"`);
    }
    expect((await post(token)).status).toBe(303);
  });

  it('leads by the button to where the link was made for, with a cookie that scripts and other sites do not get', async () => {
    const response = await post(await pages.token('dana', '/acme/prod'));
    expect([response.status, response.headers.get('location')]).toEqual([303, '/acme/prod']);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-msops=t{40}\d{3}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('refuses the second use of a link, with the same words as one that never was', async () => {
    const token = await pages.token('dana');
    await post(token);
    const [again, never] = [await post(token), await post('never')];
    expect([again.status, never.status]).toEqual([403, 403]);
    expect(await again.text()).toBe(await never.text());
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sibling of ours', { 'sec-fetch-site': 'same-site', origin: 'https://other.example' }],
    ['an old browser on another site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['no page at all', {}],
  ])('takes no form of %s', async (_who, headers) => {
    const token = await pages.token('dana');
    expect((await post(token, headers)).status).toBe(403);
    expect((await post(token)).status).toBe(303);
  });

  it('makes a session of its own and ends the one before, so nobody can plant one', async () => {
    const planted = await pages.signIn('gus');
    const response = await post(await pages.token('dana'), { ...OWN_PAGE, cookie: planted });
    const own = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(own).not.toBe(planted);
    expect((await pages.see(planted, '/'))[0]).toBe(401);
    expect((await pages.see(own, '/'))[1]).toContain('Dana Okafor');
  });

  it('signs out for good', async () => {
    const cookie = await pages.signIn('dana');
    const response = await pages.ask('/sign-out', { method: 'POST', headers: { ...OWN_PAGE, cookie } });
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-msops=; Max-Age=0; Path=\//);
    expect((await pages.see(cookie, '/'))[0]).toBe(401);
  });

  it('is not tried out more than so often a minute', async () => {
    const tries = [];
    for (let count = 0; count < 70; count += 1) {
      tries.push((await post('guess')).status);
    }
    expect([tries.filter((status) => status === 403).length, tries.at(-1)]).toEqual([60, 429]);
  });

  it('takes no form that is too large', async () => {
    expect((await post('x'.repeat(5000))).status).toBe(413);
  });

  it('puts no token into the log', async () => {
    const token = await pages.token('dana');
    await pages.ask(`/sign-in/${token}`);
    await pages.ask(`/acme/${token}`);
    await post(token);
    const log = JSON.stringify(pages.logger.lines);
    expect(log).toContain('/sign-in/…');
    expect(log).not.toContain(token);
  });
});
