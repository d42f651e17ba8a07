import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM } from './browser.ts';
import { useSandbox } from './sandbox-in-browser.ts';

/** For a whole step of the story, on a busy machine. */
const PATIENCE_MS = 45_000;

describe.skipIf(CHROMIUM === undefined)('a rollout in a browser', () => {
  const openWindow = useSandbox();

  async function open(as: string, place: string): Promise<Page> {
    const page = await openWindow(as, place);
    page.setDefaultTimeout(PATIENCE_MS);
    return page;
  }

  it('is asked for, approved by typing, watched to its end, and told host by host in its thread', async () => {
    const alice = await open('alice', 'acme-ops');
    await say(alice, '/msops patch apply prod --reason "monthly patches"');
    await alice.getByText('planning on 6 hosts').waitFor();
    await buttonOf(alice, 'Approve').waitFor();
    const card = alice.locator('.message').filter({ hasText: 'Asked by Alice Moreau' });
    expect(await card.innerText()).toContain('“monthly patches”');
    await buttonOf(alice, 'Approve').click();
    await alice.getByText('You asked for this change').waitFor();

    const carol = await open('carol', 'acme-ops');
    const typed = await askedToType(carol);
    await typed.fill('acme/dev');
    await carol.keyboard.press('Enter');
    await carol.getByRole('alert').getByText('That is not acme/prod').waitFor();
    await typed.fill('acme/prod');
    await carol.keyboard.press('Enter');
    await carol.getByText('Still needed: 1 customer').waitFor();
    await card.getByText('Approved so far by').waitFor();

    const dana = await open('dana', 'acme-shared');
    expect(await dana.locator('.message').getByRole('button').allInnerTexts()).not.toContain('Take back');
    await (await askedToType(dana)).fill('acme/prod');
    await dana.keyboard.press('Enter');
    await dana.getByText('Yours was the last').waitFor();

    await card.getByText(/running · wave \d of 2/).waitFor();
    await card.getByText('done · 2 of 2 hosts').waitFor();
    expect((await card.getByRole('row').allInnerTexts()).slice(1)).toEqual([
      expect.stringContaining('✅ apim-1'),
      expect.stringContaining('✅ mi-2'),
    ]);
    await dana.getByText('done · 2 of 2 hosts').waitFor();
    await card.getByRole('button', { name: '3 replies' }).click();
    const thread = alice.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('acme/prod: 2 of 2 hosts done').waitFor();
    expect(await thread.innerText()).toMatch(/apim-1 done in [\s\S]*Setting up tzdata[\s\S]*mi-2 done in /);
  });

  it('that is rejected says why, and offers nothing more', async () => {
    const alice = await open('alice', 'globex-ops');
    await say(alice, '/msops patch apply prod');
    await buttonOf(alice, 'Approve').waitFor();
    const carol = await open('carol', 'home');
    await carol.getByRole('button', { name: 'Reject' }).click();
    await carol.getByRole('dialog').getByRole('textbox').fill('Not before the month is closed');
    await carol.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
    await carol.getByText('Nothing is waiting for you.').waitFor();
    await alice.getByText('globex/prod · rejected').waitFor();
    await alice.getByText('Rejected by Carol Mensah: “Not before the month is closed”').waitFor();
    expect(await alice.locator('.message').last().getByRole('button').allInnerTexts()).toEqual([
      'Details',
      'Reply in thread',
    ]);
  });
});

async function say(page: Page, text: string): Promise<void> {
  await page.locator('#composer-text').fill(text);
  await page.keyboard.press('Enter');
}

function buttonOf(page: Page, name: string): Locator {
  return page.locator('.message').getByRole('button', { name }).last();
}

async function askedToType(page: Page): Promise<Locator> {
  await buttonOf(page, 'Approve').click();
  const field = page.getByRole('dialog').getByLabel('Type acme/prod to approve');
  await field.waitFor();
  return field;
}
