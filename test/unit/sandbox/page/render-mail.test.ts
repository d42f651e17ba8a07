import { describe, expect, it } from 'vitest';
import type { ReceivedMail } from '../../../../sandbox/mail/mailbox.ts';
import { renderPage } from '../../../../sandbox/slack/page/render-page.ts';
import { aSeenWorld } from './seen-world.ts';

const HOSTILE = `"><script>alert(1)</script>`;

function aMail(overrides: Partial<ReceivedMail> = {}): ReceivedMail {
  return {
    by: "acme's mail server",
    from: 'alerts@acme.example',
    to: ['dana@acme.example'],
    subject: 'FIRING: disk on gw-2',
    text: 'gw-2 is full',
    html: '<p>gw-2 is full</p>',
    headers: { 'x-msops-incident': 'a-7f3' },
    receivedAt: new Date('2026-03-01T03:00:00Z'),
    ...overrides,
  };
}

function pageOf(mails: readonly ReceivedMail[], query: string) {
  return renderPage({ seenBy: aSeenWorld().see, mails: () => mails }, new URLSearchParams(query));
}

describe('mails on the page', () => {
  it('are a place beside the channels, with their number', () => {
    const page = pageOf([aMail(), aMail()], 'as=alice&in=acme-ops');
    expect(page.sidebar).toMatch(/data-in="mail"[^>]*>.*Mail.*>2</);
    expect(page.in).toBe('acme-ops');
  });

  it('are listed, the newest first, and nothing can be written there', () => {
    const page = pageOf([aMail({ subject: 'first' }), aMail({ subject: 'second' })], 'as=alice&in=mail');
    expect(page.messages).toMatch(/mail\/2"[\s\S]*second[\s\S]*mail\/1"[\s\S]*first/);
    expect(page.placeholder).toBeUndefined();
    expect(page.sidebar).toMatch(/data-in="mail" aria-current="page"/);
    expect(page.sidebar.match(/aria-current/g)).toHaveLength(1);
  });

  it('are opened in a frame that may do nothing', () => {
    const { messages, in: place } = pageOf([aMail({ subject: HOSTILE, html: HOSTILE })], 'as=alice&in=mail/1');
    expect(place).toBe('mail/1');
    expect(messages).toContain('sandbox title=');
    expect(messages).toContain('srcdoc="&quot;&gt;&lt;script&gt;');
    expect(messages).not.toContain('<script>');
    expect(messages).toContain('a-7f3');
  });

  it('show their text when they have no HTML, and the list when there is no such mail', () => {
    expect(pageOf([aMail({ html: '' })], 'as=alice&in=mail/1').messages).toMatch(/<pre[^>]*>gw-2 is full/);
    expect(pageOf([aMail()], 'as=alice&in=mail/9').messages).toContain('mail-list');
    expect(pageOf([], 'as=alice&in=mail').messages).toContain('No mail has left the bot yet');
  });

  it('are not shown to the people of a customer: they are for all customers', () => {
    const page = pageOf([aMail()], 'as=dana&in=mail');
    expect(page.in).toBe('acme-shared');
    expect(page.sidebar).not.toContain('Mail');
  });
});
