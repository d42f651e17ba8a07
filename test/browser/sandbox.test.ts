import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSandbox, type Sandbox } from '../../sandbox/run-sandbox.ts';
import { CHROMIUM, launchBrowser, openWindow } from './browser.ts';

describe.skipIf(CHROMIUM === undefined)('sandbox in a browser', () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-browser-'));
  let sandbox: Sandbox;
  let browser: Browser;

  beforeAll(async () => {
    await chmod(directory, 0o711); // For the account that runs the database when we are root.
    sandbox = await runSandbox({ port: 0, transport: 'socket', directory, slackDeadlineMs: 30_000 });
    browser = await launchBrowser();
  });

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.log(`The end of the bot's log:\n${readFileSync(sandbox.logFile, 'utf8').slice(-3000)}`));
  });

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('shows the status of production as a table to whoever looks', async () => {
    const alice = await openWindow(browser, `${sandbox.url}/?as=alice&in=acme-ops`);
    const bob = await openWindow(browser, `${sandbox.url}/?as=bob&in=acme-ops`);
    await alice.page.getByRole('button', { name: '/msops status prod' }).click();
    await alice.page.keyboard.press('Enter');
    for (const { page } of [alice, bob]) {
      await page.getByText('5 of 6 healthy, 1 warning').waitFor();
      expect(await page.getByRole('table').getByRole('row').count()).toBe(7);
    }
    expect([...alice.complaints, ...alice.foreignRequests]).toEqual([]);
  });

  it('breaks a host in the World panel, and the next status says so', async () => {
    const { page } = await openWindow(browser, `${sandbox.url}/?as=alice&in=globex-ops`);
    await page.getByRole('button', { name: 'World' }).click();
    await page.getByLabel('Break gw-1').selectOption('refuse');
    await page.getByText('refuses connections').first().waitFor();
    await page.locator('#composer-text').fill('/msops status prod gw-1');
    await page.keyboard.press('Enter');
    await page.getByText('refused the connection').waitFor();
    await page.getByRole('button', { name: 'Heal all' }).click();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('row', { name: /gw-1 yes/ }).waitFor();
  });

  it('fills the Home tab', async () => {
    const { page } = await openWindow(browser, `${sandbox.url}/?as=alice&in=home`);
    await page.getByText('acme/prod').first().waitFor();
  });
});
