import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../../sandbox/slack/page/render-page.ts';
import { openModal } from '../../../../sandbox/slack/world/modals.ts';
import { aButton, aSeenWorld, type SeenWorld } from './seen-world.ts';

const HOSTILE = `<img src=x onerror=alert(1)>"'&`;

describe('renderPage', () => {
  it('shows what people typed as text and never as markup', () => {
    const seen = aSeenWorld();
    seen.post({ user: 'U0ALICE', text: HOSTILE });
    seen.post({ blocks: [{ type: 'section', text: { type: 'plain_text', text: HOSTILE } }] });
    seen.post({ blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: HOSTILE }]] }] });
    const button = aButton({ text: { type: 'plain_text', text: HOSTILE }, action_id: HOSTILE, value: HOSTILE });
    seen.post({ blocks: [{ type: 'actions', block_id: HOSTILE, elements: [button] }] });

    expect(pageOf(seen).messages).not.toMatch(/<img src=x/);
  });

  it('shows an escaped mention as the text that it is', () => {
    const seen = aSeenWorld();
    const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
    seen.post({ blocks: [section('disk &lt;!channel&gt; and &lt;@U0ALICE&gt;'), section('<!here>')] });
    const { messages } = pageOf(seen, 'as=alice&in=acme-ops');
    expect(messages).not.toMatch(/@channel|@alice/);
    expect(messages).toMatch(/!channel[\s\S]*@U0ALICE[\s\S]*@here/);
  });

  it('shows code as it was written, without spaces of its own', () => {
    const seen = aSeenWorld();
    const text = '`status &lt;environment&gt; [--host h,…] &lt;reason…&gt;` and `&lt;img src=x&gt;`';
    seen.post({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });
    const { messages } = pageOf(seen);
    expect(messages).toContain('status &lt;environment&gt; [--host h,…] &lt;reason…&gt;<');
    expect(messages).toContain('&lt;img src=x&gt;<');
  });

  it('shows an ephemeral message to its reader alone, and says so', () => {
    const seen = aSeenWorld();
    seen.post({ text: 'for alice', visibleTo: 'U0ALICE' });

    expect(pageOf(seen, 'as=alice&in=acme-ops').messages).toMatch(/Only visible to you[\s\S]*for alice/);
    expect(pageOf(seen, 'as=bob&in=acme-ops').messages).not.toContain('for alice');
  });

  it('draws the first row of a table as headings, and numbers as they are', () => {
    const seen = aSeenWorld();
    const rows = [
      [{ type: 'raw_text', text: 'Host' }],
      [{ type: 'raw_number', value: 42 }],
      [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'mi-2' }] }] }],
    ];
    seen.post({ blocks: [{ type: 'table', rows, column_settings: [{ align: 'right' }] }] });

    const { messages } = pageOf(seen);
    expect(messages).toMatch(/<th scope="col" class="right">Host<\/th>/);
    expect(messages).toMatch(/<td class="right">42<\/td>/);
    expect(messages).toContain('mi-2');
  });

  it('shows a person of another company their shared channel and nothing else', () => {
    const page = pageOf(aSeenWorld(), 'as=dana&in=globex-ops');
    expect(page.in).toBe('acme-shared');
    expect(page.sidebar).not.toMatch(/globex|initech|Home/);
    expect(page.heading).toContain('Shared with Meridian Operations');
  });

  it('offers the slash command only where Slack does', () => {
    const seen = aSeenWorld();
    expect(pageOf(seen, 'as=alice&in=acme-ops').examples[0]).toBe('/msops status prod');
    expect(pageOf(seen, 'as=dana&in=acme-shared').examples[0]).toBe('@msops status prod');
    expect(pageOf(seen, 'as=alice&in=random').examples).toEqual([]);
  });

  it('counts replies under a message and shows them in its thread', () => {
    const seen = aSeenWorld();
    seen.post({ text: 'the parent' });
    const { ts } = seen.world.messages[0]!;
    seen.post({ text: 'the reply', threadTs: ts });

    const page = pageOf(seen, `as=alice&in=acme-ops&thread=${ts}`);
    expect(page.messages).toContain('1 reply');
    expect(page.messages).not.toContain('the reply');
    expect(page.thread).toContain('the reply');
  });

  it('labels every field of a modal and shows what is wrong with it', () => {
    const seen = aSeenWorld();
    const element = { type: 'plain_text_input', action_id: 'text' };
    const label = { type: 'plain_text', text: 'Why' };
    const blocks = [{ type: 'input', block_id: 'why', label, element }];
    const view = openModal(seen.world, 'U0ALICE', { type: 'modal', title: label, submit: label, blocks });
    view.errors = { why: 'A reason is needed.' };

    const { modal } = pageOf(seen);
    expect(modal).toMatch(/<label class="input-label" for="why--text">Why<\/label>/);
    expect(modal).toContain('id="why--text"');
    expect(modal).toContain('A reason is needed.');
    expect(pageOf(seen, 'as=bob&in=acme-ops').modal).toBeUndefined();
  });

  it('keeps what a person chose in a message', () => {
    const seen = aSeenWorld();
    const options = ['mi-1', 'mi-2'].map((value) => ({ text: { type: 'plain_text', text: value }, value }));
    const element = { type: 'static_select', action_id: 'host', options };
    seen.post({ blocks: [{ type: 'actions', block_id: 'b', elements: [element] }] });
    const key = `C0ACMEOPS/${seen.world.messages[0]!.ts}/U0ALICE`;
    seen.world.messageValues.set(key, new Map([['b/host', { type: 'static_select', selected_option: options[1] }]]));

    expect(pageOf(seen).messages).toMatch(/<option value="mi-2" selected>/);
    expect(pageOf(seen, 'as=bob&in=acme-ops').messages).not.toMatch(/<option value="mi-2" selected>/);
  });

  it('says what to try where nothing was said, and that the bot is missing where it is', () => {
    const seen = aSeenWorld();
    expect(pageOf(seen).messages).toContain('data-example="/msops status prod"');
    expect(pageOf(seen, 'as=alice&in=random').messages).toContain('not a member of this channel');
  });
});

function pageOf(seen: SeenWorld, query = 'as=alice&in=acme-ops') {
  return renderPage({ seenBy: seen.see }, new URLSearchParams(query));
}
