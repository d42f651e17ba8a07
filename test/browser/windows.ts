import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser, openWindow, type Window } from './browser.ts';

/**
 * Registers a browser of its own for the tests of a `describe`. After each test its windows are closed, and it fails
 * when one complained or asked anybody but the sandbox for something.
 * @returns what opens a window.
 */
export function useWindows(): (url: string) => Promise<Page> {
  const windows: Window[] = [];
  let browser: Browser | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterEach(async () => {
    for (const { page, complaints, foreignRequests } of windows.splice(0)) {
      expect([...complaints, ...foreignRequests]).toEqual([]);
      await page.context().close();
    }
  });

  afterAll(() => browser?.close());

  return async (url) => {
    const window = await openWindow(browser!, url);
    windows.push(window);
    return window.page;
  };
}
