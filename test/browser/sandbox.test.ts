import { describe, expect, it } from 'vitest';
import { CHROMIUM } from './browser.ts';
import { useSandbox } from './sandbox-in-browser.ts';

describe.skipIf(CHROMIUM === undefined)('sandbox in a browser', () => {
  const open = useSandbox();

  it('shows the status of production as a table to whoever looks', async () => {
    const alice = await open('alice', 'acme-ops');
    const bob = await open('bob', 'acme-ops');
    await alice.getByRole('button', { name: '/msops status prod' }).click();
    await alice.keyboard.press('Enter');
    for (const page of [alice, bob]) {
      await page.getByText('5 of 6 healthy, 1 warning').waitFor();
      expect(await page.getByRole('table').getByRole('row').count()).toBe(7);
    }
  });

  it('breaks a host in the World panel, and the next status says so', async () => {
    const page = await open('alice', 'globex-ops');
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
    const page = await open('alice', 'home');
    await page.getByText('acme/prod').first().waitFor();
  });
});
