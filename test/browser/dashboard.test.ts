import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holdPort } from '../../sandbox/ports.ts';
import { createDashboardRoutes } from '../../src/web/dashboard-routes.ts';
import { startWebServer, type WebServer } from '../../src/web/web-server.ts';
import { createDashboardWorld, type DashboardWorld } from '../unit/web/dashboard-world.ts';
import { CHROMIUM } from './browser.ts';
import { type DashboardLook, useDashboardWindows } from './dashboard-windows.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 360, height: 740 };
const LOOKS: readonly DashboardLook[] = [
  { viewport: DESKTOP, colorScheme: 'light' },
  { viewport: DESKTOP, colorScheme: 'dark' },
  { viewport: PHONE, colorScheme: 'light' },
  { viewport: PHONE, colorScheme: 'dark' },
];
/** Directory for pictures that a person looks at. */
const PICTURES = process.env.DASHBOARD_PICTURES;

describe.skipIf(CHROMIUM === undefined)('dashboard in a browser', () => {
  let world: DashboardWorld;
  let server: WebServer;
  let url: string;

  const start = async (port: number) => {
    const mounts = [{ path: '/', app: createDashboardRoutes(world.deps) }];
    const { logger } = world;
    return startWebServer({ host: '127.0.0.1', port, baseUrl: url, mounts, logger });
  };

  beforeAll(async () => {
    url = 'http://127.0.0.1:1';
    world = createDashboardWorld(url);
    server = await start(0);
  });
  beforeEach(() => {
    const { reports, groups } = createDashboardWorld(url);
    Object.assign(world, { reports, groups });
  });
  afterAll(() => server.close());

  const openWindow = useDashboardWindows();
  const address = (path: string) => `http://127.0.0.1:${server.port}${path}`;
  const signIn = async (who: 'alice' | 'dana', path: string, look: DashboardLook = LOOKS[0]!) => {
    const page = await openWindow(address(`/sign-in/${await world.token(who, path)}`), look);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(address(path));
    return page;
  };
  const picture = async (page: Page, name: string) =>
    PICTURES && page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });

  it('lets somebody in once by their link, and refuses the second use', async () => {
    const link = address(`/sign-in/${await world.token('dana')}`);
    const first = await openWindow(link, LOOKS[0]!);
    await picture(first, 'sign-in');
    const second = await openWindow(link, LOOKS[2]!);
    await first.getByRole('button', { name: 'Sign in' }).click();
    await first.getByRole('heading', { name: 'Acme Bank prod' }).waitFor();
    await second.getByRole('button', { name: 'Sign in' }).click();
    await second.getByText('It was used, or is too old').waitFor();
    await picture(second, 'sign-in-refused');
    await second.goto(address('/acme/prod'));
    await second.getByText('You are not signed in').waitFor();
    await first.getByRole('button', { name: 'Sign out' }).click();
    await first.getByText('You are not signed in').waitFor();
    await first.goto(address('/acme/prod'));
    await first.getByText('You are not signed in').waitFor();
  });

  it.each(LOOKS)('draws everything at $viewport.width px, $colorScheme', async (look) => {
    const name = `${look.viewport.width}-${look.colorScheme}`;
    const page = await signIn('dana', '/', look);
    await page.getByRole('heading', { name: 'prod' }).waitFor();
    await picture(page, `home-${name}`);
    await page.getByRole('link', { name: 'prod' }).click();
    await page.getByRole('rowheader', { name: 'gw-2' }).waitFor();
    for (const frame of await page.locator('.chart').all()) {
      await frame.scrollIntoViewIfNeeded();
      await frame.locator('canvas').first().waitFor();
    }
    expect(await page.locator('.chart canvas').count()).toBe(10);
    expect(await widestOverflow(page)).toBeLessThanOrEqual(0);
    await picture(page, `environment-${name}`);
  });

  it('draws what the numbers say, and tells values at a moment', async () => {
    const page = await signIn('alice', '/acme/prod');
    const chart = page.locator('[data-metric="cpu_busy_percent"]');
    await chart.scrollIntoViewIfNeeded();
    await chart.locator('canvas').waitFor();
    expect(await colorsOf(page, '[data-metric="cpu_busy_percent"] canvas')).toBeGreaterThan(20);
    await picture(page, 'charts');
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(300);
    PICTURES && (await chart.screenshot({ path: `${PICTURES}/chart.png` }));
    await picture(page, 'tooltip');
  });

  it('changes the time and the host', async () => {
    const page = await signIn('alice', '/acme/prod');
    await page.getByRole('link', { name: '7d' }).click();
    await page.getByLabel('Host').selectOption('mi-2');
    await page.waitForURL(/span=7d&host=mi-2/);
    await page.locator('[data-metric="cpu_busy_percent"] canvas').waitFor();
    const { hosts, from, until } = world.charts.at(-1)!;
    expect([hosts, until.getTime() - from.getTime()]).toEqual([['mi-2'], 7 * 86_400_000]);
    await picture(page, 'one-host');
  });

  it('shows what has changed by itself, says when, and says when the connection is lost', async () => {
    const page = await signIn('alice', '/acme/prod');
    await page.getByText('Live, updated 04:00:00').waitFor();
    await page.evaluate('document.querySelector(".hosts tbody").dataset.marked = "yes"');
    world.reports = world.reports.map((one) => (one.host === 'mi-2' ? { ...one, level: 'ok', findings: [] } : one));
    world.groups = world.groups.filter(({ id }) => id !== 'a2');
    await page.getByRole('row', { name: /^mi-2 healthy/ }).waitFor();
    expect(await page.getByText('Disk filling up on mi-2').count()).toBe(0);
    expect(await page.locator('.hosts tbody').getAttribute('data-marked')).toBe('yes');

    const { port } = server;
    await server.close();
    const { release } = await holdPort(port);
    await page.getByText('Connection lost. This is how it was at 04:00:00').waitFor();
    await picture(page, 'lost');
    await release();
    server = await start(port);
    await page.getByText('Live, updated').waitFor();
  });

  it('puts somebody out whose role has ended, while they look', async () => {
    const page = await signIn('dana', '/acme/prod');
    const { people } = world;
    world.people = people.filter(({ id }) => id !== 'T0ACME:U0DANA');
    // Charts that were on their way say something like it too.
    await page.getByRole('heading', { name: 'You are not signed in', exact: true }).waitFor();
    world.people = people;
  });
});

/** How far the page is wider than the window. */
function widestOverflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** How many colors were drawn; an empty canvas has one. */
function colorsOf(page: Page, selector: string): Promise<number> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector(${JSON.stringify(selector)});
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`);
}
