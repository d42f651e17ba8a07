import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const EXECUTABLES = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** `undefined` where there is none: then these tests are skipped, loudly. */
export const CHROMIUM = EXECUTABLES.find((path) => path !== '' && existsSync(path));

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: QUIET });
}

export interface Window {
  readonly page: Page;
  /** Requests to anywhere but the sandbox; there shall be none. */
  readonly foreignRequests: string[];
  /** What the page's scripts complained about; there shall be nothing. */
  readonly complaints: string[];
}

/** A window of its own, as a second person would have one: nothing is shared with others. */
export async function openWindow(browser: Browser, url: string): Promise<Window> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const foreignRequests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) {
      foreignRequests.push(request.url());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url);
  await page.locator('#sidebar a').first().waitFor();
  return { page, foreignRequests, complaints };
}
