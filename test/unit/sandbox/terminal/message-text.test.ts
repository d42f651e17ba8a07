import { describe, expect, it } from 'vitest';
import { openModal } from '../../../../sandbox/slack/world/modals.ts';
import type { Json } from '../../../../sandbox/slack/world/model.ts';
import { messageText, modalText } from '../../../../sandbox/terminal/message-text.ts';
import { aButton, aSeenWorld } from '../page/seen-world.ts';

describe('messageText', () => {
  it('says who spoke, and to whom alone', () => {
    expect(textOf({ text: 'no', visibleTo: 'U0ALICE' })).toMatch(
      /^msops {2}\d\d:\d\d {2}\(app, only visible to alice\)\n {2}no$/,
    );
  });

  it('reads names, links, emoji and entities as a person would', () => {
    const text = '<@U0BOB> in <#C0ACMEOPS>: *bold* &lt;b&gt; <https://a.example|here> :white_check_mark:';
    expect(bodyOf({ text })).toBe('@bob in #acme-ops: bold <b> here (https://a.example) ✅');
  });

  it('aligns tables, also around emoji', () => {
    const row = (...texts: string[]): Json[] => texts.map((text) => ({ type: 'raw_text', text }));
    const rows = [row('Host', 'CPU'), row('✅ mi-1', '7 %'), row('long-name', '100 %')];
    const table = { type: 'table', rows, column_settings: [{}, { align: 'right' }] };
    expect(bodyOf({ blocks: [table] })).toBe(
      ['Host         CPU', '─────────  ─────', '✅ mi-1      7 %', 'long-name  100 %'].join('\n'),
    );
  });

  it('shows what can be pressed, and blocks it does not know by their names', () => {
    const blocks = [{ type: 'actions', elements: [aButton()] }, { type: 'video' }];
    expect(bodyOf({ blocks })).toBe('[Check]\n[video]');
  });

  it('shows the fields of a modal with the names that submit takes', () => {
    const { world, see } = aSeenWorld();
    const title = { type: 'plain_text', text: 'Why' };
    const element = { type: 'plain_text_input', action_id: 'text' };
    openModal(world, 'U0ALICE', {
      type: 'modal',
      title,
      blocks: [{ type: 'input', block_id: 'reason', label: title, element }],
    });
    expect(modalText(see('alice'))).toBe('Modal: Why\n  Why: ______  (reason)');
  });
});

type Posted = Parameters<ReturnType<typeof aSeenWorld>['post']>[0];

function textOf(message: Posted): string {
  const { post, see } = aSeenWorld();
  post(message);
  const view = see('alice', 'acme-ops');
  return messageText(view.messages[0]!, view);
}

/** Without the line that says who spoke, and without the indent. */
function bodyOf(message: Posted): string {
  const [, ...lines] = textOf(message).split('\n');
  return lines.map((line) => line.slice(2)).join('\n');
}
