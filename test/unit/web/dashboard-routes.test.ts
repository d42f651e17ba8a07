import { beforeEach, describe, expect, it } from 'vitest';
import { createWebPages, type WebPages } from './web-pages.ts';

const EVERY_ADDRESS = [
  '/',
  '/acme/prod',
  '/api/acme/prod/live',
  '/api/acme/prod/chart?metric=reachable&span=1h',
  '/x/y',
];

describe('dashboard', () => {
  let pages: WebPages;
  beforeEach(() => {
    pages = createWebPages();
  });

  it('shows everybody the customers and environments that they may see', async () => {
    const [status, alice] = await pages.see(await pages.signIn('alice'), '/');
    expect(status).toBe(200);
    expect(alice).toMatch(
      /Acme Bank[\s\S]*href="\/acme\/prod"[\s\S]*href="\/acme\/dev"[\s\S]*Globex Health[\s\S]*Initech/,
    );
    const [, dana] = await pages.see(await pages.signIn('dana'), '/');
    expect(dana).toMatch(/Acme Bank[\s\S]*1 not reached[\s\S]*3 open alerts[\s\S]*checked <time[^>]*>23 s<\/time> ago/);
    expect(dana).not.toMatch(/globex|initech/i);
  });

  it('shows hosts worst first, with the columns of the status, and what is unknown as unknown', async () => {
    const [, page] = await pages.see(await pages.signIn('dana'), '/acme/prod');
    const rows = [...page.matchAll(/<th scope="row">([^<]+)</g)].map(([, host]) => host);
    expect(rows).toEqual(['gw-2', 'mi-2', 'is-1', 'db-2', 'db-1', 'apim-1', 'apim-2', 'gw-1', 'mi-1', 'is-2']);
    expect(page).toMatch(/never checked/);
    for (const title of ['Reached', 'CPU', 'Load/core', 'Memory', 'Fullest disk', 'JVM heap', 'Application', 'Age']) {
      expect(page).toContain(`>${title}</th>`);
    }
    expect(page).toContain('gw-2 at 10.20.0.12:22 did not answer');
    expect(page).toMatch(/data-title="CPU">unknown</);
  });

  it('says that it does not know how a host is that was not checked lately', async () => {
    pages.clock.advance(10 * 60_000);
    const [, page] = await pages.see(await pages.signIn('dana'), '/acme/prod');
    expect(page).not.toMatch(/ healthy<\/span>|is-ok/);
    expect(page).toContain('10 unknown');
    expect(page).toMatch(/<ul class="problems" data-live="problems"><\/ul>/);
    expect(page).toContain('not checked lately');
  });

  it('shows open alerts, those that are over, and rollouts', async () => {
    const [, page] = await pages.see(await pages.signIn('alice'), '/acme/prod');
    expect(page).toMatch(/No answer from gw-2[\s\S]*Disk filling up on mi-2[\s\S]*acknowledged by Bob Tanaka/);
    expect(page).toContain('https://runbooks.example/disk');
    expect(page).toMatch(/nobody is told: silenced by Bob Tanaka until 06:00: tuning in progress/);
    expect(page).toMatch(/<time[^>]*>Feb 28, 22:20<\/time>[\s\S]*40 min[\s\S]*CPU on apim-1/);
    expect(page).toMatch(/way in through bastion-a/);
    expect(page).toMatch(/test<\/span><\/span> a made-up alert</);
    expect(page).toMatch(/r1aaaaaa[\s\S]*Alice Moreau[\s\S]*running[\s\S]*waits for approval[\s\S]*failed on mi-2/);
  });

  it('shows a customer no reasons and no runbooks of ours, and nothing of other customers', async () => {
    const [, page] = await pages.see(await pages.signIn('dana'), '/acme/prod');
    expect(page).toContain('nobody is told: silenced<');
    expect(page).toContain('acknowledged: our operations team works on it');
    expect(page).not.toMatch(/tuning|runbooks\.example|globex/);
  });

  it('leaves out what somebody may not see', async () => {
    pages.people = pages.people.map((one) => ({ ...one, grants: [{ role: 'watcher', customers: ['acme'] }] }));
    const [, page] = await pages.see(await pages.signIn('dana'), '/acme/prod');
    expect(page).toContain('<th scope="row">mi-2');
    expect(page).not.toMatch(/Open alerts|Alerts of the last|Rollouts/);
    const [, home] = await pages.see(await pages.signIn('dana'), '/');
    expect(home).not.toContain('alert');
  });

  it('answers what does not exist and what is not for them with the same words', async () => {
    const gus = await pages.signIn('gus');
    const forms = ['/{}', '/api/{}/live', '/api/{}/chart?metric=reachable&span=1h'];
    for (const form of forms) {
      const tried = ['acme/prod', 'acme/nothing', 'nobody/prod', 'globex/nothing'];
      const answers = await Promise.all(
        tried.map((name) => pages.ask(form.replace('{}', name), { headers: { cookie: gus } })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      expect(new Set(texts).size).toBe(1);
      expect(texts[0]).not.toMatch(/acme|globex|nobody/);
    }
    expect((await pages.see(gus, '/globex/prod'))[0]).toBe(200);
  });

  it('answers somebody without a session with the same words everywhere', async () => {
    const answers = await Promise.all(EVERY_ADDRESS.map((path) => pages.ask(path)));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    const [home, page, , , nowhere] = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set([home, page, nowhere]).size).toBe(1);
    expect(home).not.toMatch(/acme|globex/i);
  });

  it('shows nothing more to somebody whose role has ended, at the next request', async () => {
    const dana = await pages.signIn('dana');
    pages.people = pages.people.map((one) => (one.id === 'T0ACME:U0DANA' ? { ...one, grants: [] } : one));
    for (const path of EVERY_ADDRESS) {
      expect((await pages.see(dana, path))[0]).toBe(401);
    }
  });

  it('is found under its exact name alone', async () => {
    const dana = await pages.signIn('dana');
    for (const path of ['/Acme/prod', '/acme/PROD', '/acme/prod%20', '/acme', '/acme/prod/x']) {
      expect((await pages.see(dana, path))[0]).toBe(404);
    }
  });

  it('gives charts of what was asked for, and of nothing that there is not', async () => {
    const dana = await pages.signIn('dana');
    const chart = '/api/acme/prod/chart';
    const [status, options] = await pages.see(dana, `${chart}?metric=cpu_busy_percent&span=6h&host=mi-2&width=600`);
    expect(status).toBe(200);
    expect(JSON.parse(options)).toMatchObject({ series: expect.any(Array) });
    expect(pages.charts[0]).toMatchObject({ metric: 'cpu_busy_percent', hosts: ['mi-2'], points: 200 });
    expect(pages.charts[0]!.until.getTime() - pages.charts[0]!.from.getTime()).toBe(6 * 3_600_000);
    for (const query of [
      'metric=nonsense&span=6h',
      'metric=reachable&span=2y',
      'metric=reachable&span=1h&host=x',
      '',
    ]) {
      expect((await pages.see(dana, `${chart}?${query}`))[0]).toBe(404);
    }
  });

  it('keeps what comes from outside from becoming markup', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`;
    const [report] = pages.reports;
    pages.reports = [{ ...report!, host: 'gw-2', failure: { ...report!.failure!, detail: evil } }];
    pages.groups = pages.groups.map((group) => ({
      ...group,
      title: evil,
      alerts: group.alerts.map((alert) => ({ ...alert, text: evil, links: { source: 'javascript:alert(1)' } })),
    }));
    pages.rollouts = pages.rollouts.map((one) => ({ ...one, note: evil, plan: { ...one.plan, title: evil } }));
    const [, page] = await pages.see(await pages.signIn('alice'), '/acme/prod');
    expect(page).not.toMatch(/<script>|<img src=x|javascript:/);
    expect(page).toContain('&lt;script&gt;');
  });

  it('goes on alone without keeping its session, and ends with it', async () => {
    const dana = await pages.signIn('dana');
    for (let minutes = 0; minutes < 60; minutes += 10) {
      expect((await pages.see(dana, '/api/acme/prod/live?by=page'))[0]).toBe(200);
      pages.clock.advance(10 * 60_000);
    }
    expect((await pages.see(dana, '/api/acme/prod/live?by=page'))[0]).toBe(401);
  });
});
