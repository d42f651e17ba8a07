import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from './browser.ts';

export interface DashboardLook {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

/** More than the page itself takes to ask again. */
const PATIENCE_MS = 25_000;

/** What a browser says of answers that are meant to be refusals, and of a server that is away. */
const EXPECTED =
  /Failed to load resource: (?:the server responded with a status of 40[13]|net::ERR_CONNECTION_REFUSED)/;

/**
 * Registers a browser for the tests of a `describe`. After each test its windows are closed, and it fails when one
 * complained or asked anybody else for something.
 * @returns what opens a window of its own, as another person would have one.
 */
export function useDashboardWindows(): (url: string, look: DashboardLook) => Promise<Page> {
  const opened: { page: Page; complaints: string[] }[] = [];
  let browser: Browser | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterEach(async () => {
    for (const { page, complaints } of opened.splice(0)) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  afterAll(() => browser?.close());

  return async (url, look) => {
    const context = await browser!.newContext(look);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    opened.push({ page, complaints });
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin) {
        complaints.push(`asked ${request.url()}`);
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) {
        complaints.push(message.text());
      }
    });
    await page.goto(url);
    return page;
  };
}
