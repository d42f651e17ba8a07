import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailbox } from '../../sandbox/mail/mailbox.ts';
import { createPageHandler } from '../../sandbox/slack/page/page-handler.ts';
import type { Slack } from '../../sandbox/slack/start-slack.ts';
import { startTestSlack } from '../support/slack-app.ts';
import { CHROMIUM } from './browser.ts';
import { useWindows } from './windows.ts';

const RAW = [
  'From: alerts@acme.example',
  'To: dana@acme.example',
  'Subject: FIRING: disk on gw-2',
  'MIME-Version: 1.0',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p style="color:#c01343">gw-2 is <b>full</b></p>',
].join('\r\n');

describe.skipIf(CHROMIUM === undefined)('mails of the sandbox, in a browser', () => {
  const mailbox = createMailbox();
  let slack: Slack;
  const open = useWindows();

  beforeAll(async () => {
    const page = createPageHandler({ seenBy: (as, channel) => slack.seenBy(as, channel), mails: mailbox.mails });
    slack = await startTestSlack('socket', { page });
    mailbox.onMail(() => slack.world.changed());
  });
  afterAll(() => slack.stop());

  it('appear by themselves, and are read in a frame of their own', async () => {
    const page = await open(`${slack.url}/?as=alice&in=mail`);
    await page.getByText('No mail has left the bot yet').waitFor();
    await mailbox.keep({ raw: RAW, by: 'acme', from: 'alerts@acme.example', to: ['dana@acme.example'] });
    await page.getByRole('link', { name: /FIRING: disk on gw-2/ }).click();
    await page.frameLocator('iframe.mail-body').getByText('full').waitFor();
    expect(await page.title()).toContain('mail/1');
    await page.getByRole('link', { name: 'All mails' }).click();
    await page.locator('.mail-list').waitFor();
    await page.locator('[data-in="acme-ops"]').click();
    await page.locator('#composer').waitFor({ state: 'visible' });
  });
});
