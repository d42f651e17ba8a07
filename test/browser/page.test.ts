import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageHandler } from '../../sandbox/slack/page/page-handler.ts';
import type { Slack } from '../../sandbox/slack/start-slack.ts';
import { startTestApp, startTestSlack, type TestApp } from '../support/slack-app.ts';
import { CHROMIUM } from './browser.ts';
import { useWindows } from './windows.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const MODAL: ModalView = {
  type: 'modal',
  callback_id: 'access',
  title: plain('Request access'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: plain('Why'),
      element: { type: 'plain_text_input', action_id: 'text', multiline: true },
    },
    {
      type: 'input',
      block_id: 'hosts',
      label: plain('Hosts'),
      element: {
        type: 'checkboxes',
        action_id: 'hosts',
        options: ['mi-1', 'mi-2'].map((value) => ({ text: plain(value), value })),
      },
    },
  ],
};

/** A small app: `/msops` shows buttons, of which one asks first and one opens a modal. */
function listen(bolt: App): void {
  bolt.command('/msops', async ({ ack, say }) => {
    await ack();
    const confirm = { title: plain('Really?'), text: plain('It stops.'), confirm: plain('Stop it'), deny: plain('No') };
    const elements = [
      { type: 'button' as const, action_id: 'stop', text: plain('Stop'), confirm },
      { type: 'button' as const, action_id: 'ask', text: plain('Ask') },
    ];
    await say({ text: 'choose', blocks: [{ type: 'actions', elements }] });
  });
  bolt.action('stop', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'stopped', replace_original: false });
  });
  bolt.action('ask', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: MODAL });
  });
  bolt.view('access', async ({ ack, view, client, body }) => {
    const { why, hosts } = view.state.values;
    if (why?.text?.value === 'because') {
      await ack({ response_action: 'errors', errors: { why: 'Give a reason.' } });
      return;
    }
    await ack();
    const chosen = hosts?.hosts?.selected_options?.map(({ value }) => value).join('+');
    await client.chat.postMessage({
      channel: 'C0ACMEOPS',
      text: `${body.user.name}: ${why?.text?.value} on ${chosen}`,
    });
  });
}

describe.skipIf(CHROMIUM === undefined)('page in a browser', () => {
  let slack: Slack;
  let app: TestApp;

  beforeAll(async () => {
    slack = await startTestSlack('socket', {
      page: createPageHandler({ seenBy: (as, channel) => slack.seenBy(as, channel), hosts: undefined }),
    });
    app = await startTestApp(slack, { mode: 'socket' }, listen);
  });

  afterAll(async () => {
    await app.stop();
    await slack.stop();
  });

  const openWindow = useWindows();
  const open = (query: string) => openWindow(`${slack.url}/?${query}`);

  it('sends what is typed with the Enter key, and shows it in a second window at once', async () => {
    const alice = await open('as=alice&in=ops-all');
    const bob = await open('as=bob&in=ops-all');
    await alice.getByRole('combobox', { name: 'Message #ops-all' }).fill('good morning');
    await alice.keyboard.press('Enter');
    await bob.getByText('good morning').waitFor();
    expect(await alice.locator('#composer-text').inputValue()).toBe('');
  });

  it('offers commands while one types a slash, and takes one with Tab', async () => {
    const page = await open('as=alice&in=acme-ops');
    await page.locator('#composer-text').pressSequentially('/ms');
    await page.getByRole('option', { name: '/msops connect prod' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    expect(await page.locator('#composer-text').inputValue()).toBe('/msops connect prod');
  });

  it('asks before a button that has a confirmation, and does nothing on No', async () => {
    const page = await open('as=alice&in=acme-ops');
    await say(page, '/msops');
    await page.getByRole('button', { name: 'Stop' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'No' }).click();
    expect(slack.deliveries.filter(({ what }) => what === 'block_actions')).toEqual([]);

    await page.getByRole('button', { name: 'Stop' }).last().click();
    await page.getByRole('dialog').getByText('It stops.').waitFor();
    await page.getByRole('button', { name: 'Stop it' }).click();
    await page.getByText('stopped').waitFor();
    await page.getByText('Only visible to you').waitFor();
  });

  it('fills in a modal, keeps what was typed when it is refused, and sends it', async () => {
    const page = await open('as=alice&in=acme-ops');
    await say(page, '/msops');
    await page.getByRole('button', { name: 'Ask' }).last().click();
    const modal = page.getByRole('dialog', { name: 'Request access' });
    await modal.getByLabel('Why').fill('because');
    await modal.getByRole('checkbox', { name: 'mi-2' }).check();
    await modal.getByRole('button', { name: 'Send' }).click();
    await modal.getByText('Give a reason.').waitFor();
    expect(await modal.getByRole('checkbox', { name: 'mi-2' }).isChecked()).toBe(true);

    await modal.getByLabel('Why').fill('INC-7');
    await modal.getByRole('button', { name: 'Send' }).click();
    await page.getByText('alice: INC-7 on mi-2').waitFor();
    expect(await modal.isVisible()).toBe(false);
  });

  it('closes a modal with the Escape key', async () => {
    const page = await open('as=bob&in=acme-ops');
    await say(page, '/msops');
    await page.getByRole('button', { name: 'Ask' }).last().click();
    const modal = page.getByRole('dialog', { name: 'Request access' });
    await modal.getByLabel('Why').waitFor();
    await page.keyboard.press('Escape');
    await modal.waitFor({ state: 'hidden' });
    expect(slack.seenBy('bob').modal).toBeUndefined();
  });

  it('answers in a thread', async () => {
    const page = await open('as=alice&in=globex-ops');
    await say(page, 'the question');
    await page.getByText('the question').hover();
    await page.getByRole('button', { name: 'Reply in thread' }).click();
    await page.getByRole('textbox', { name: 'Reply in thread' }).fill('the answer');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Thread' }).getByText('the answer').waitFor();
    await page.getByRole('button', { name: '1 reply' }).waitFor();
  });

  it('becomes somebody else, who sees their own channels', async () => {
    const page = await open('as=alice&in=acme-ops');
    await page.getByLabel('You are').selectOption('gus');
    await page.getByRole('heading', { name: '#globex-shared' }).waitFor();
    expect(await page.locator('#sidebar a').allInnerTexts()).toHaveLength(1);
    expect(page.url()).toContain('as=gus&in=globex-shared');
  });

  it('goes back by the browser to where one was', async () => {
    const page = await open('as=alice&in=acme-ops');
    await page.getByRole('link', { name: 'random' }).click();
    await page.getByRole('heading', { name: '#random' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: '#acme-ops' }).waitFor();
  });

  it('is light or dark, and remembers which', async () => {
    const page = await open('as=alice&in=acme-ops');
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  async function say(page: Page, text: string): Promise<void> {
    await page.locator('#composer-text').fill(text);
    await page.keyboard.press('Enter');
  }
});
