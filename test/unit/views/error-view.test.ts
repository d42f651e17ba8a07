import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../sandbox/slack/blocks/check-blocks.ts';
import { UserError } from '../../../src/domain/errors.ts';
import { errorView, internalErrorView } from '../../../src/views/error-view.ts';

describe('errorView', () => {
  it('says what is wrong and what to do, with its code spans', () => {
    const error = new UserError('There is no environment `prd`.', { hint: 'Usage: `/msops status <environment>`' });
    expect(errorView(error).text).toBe('There is no environment `prd`.\nUsage: `/msops status &lt;environment&gt;`');
  });

  it('fits and mentions nobody, whatever the error quotes', () => {
    const message = errorView(new UserError('<!channel> '.repeat(1000), { hint: '<@U0BOB>'.repeat(1000) }));
    expect(checkBlocks(message.blocks, 'message')).toEqual([]);
    expect(message.text).not.toContain('<');
    expect(checkBlocks(errorView(new UserError('')).blocks, 'message')).toEqual([]);
  });

  it('is marked as an error for programs that read along', () => {
    for (const { blocks } of [errorView(new UserError('No.')), internalErrorView('r-17')]) {
      expect(blocks?.[0]).toMatchObject({ block_id: 'error' });
    }
  });

  it('gives the id under which the log has the cause of an internal error', () => {
    expect(internalErrorView('r-17').text).toContain('`r-17`');
  });
});
