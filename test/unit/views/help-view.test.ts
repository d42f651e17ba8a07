import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { COMMAND } from '../../../src/handlers/catalog.ts';
import { COMMAND_WORD } from '../../../src/views/command-word.ts';
import { helpView } from '../../../src/views/help-view.ts';
import { textsOf } from './texts-of.ts';

describe('helpView', () => {
  const status = { usage: '/msops status <environment> [host…]', summary: 'Check hosts now.', example: 'status prod' };

  it('lists the commands with an example each', () => {
    const { text, blocks } = helpView([status]);
    expect(text).toBe('What you may do here: /msops status &lt;environment&gt; [host…]');
    expect(textsOf(blocks)[1]).toBe(
      '`/msops status &lt;environment&gt; [host…]`\nCheck hosts now. For example `/msops status prod`\n',
    );
  });

  it('says what to do when nothing is allowed', () => {
    expect(helpView([]).text).toContain('Ask whoever runs msops');
  });

  it('fits with many commands', () => {
    const many = Array.from({ length: 200 }, () => ({ ...status, summary: 'Check. '.repeat(40) }));
    expect(checkBlocks(helpView(many).blocks, 'message')).toEqual([]);
  });

  it('names the slash command that the handlers listen to', () => {
    expect(COMMAND_WORD).toBe(COMMAND);
  });
});
