import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recallOrigin, rememberOrigin } from '../../../src/handlers/modal-origin.ts';

function viewWith(metadata?: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'approval.reject',
    title: { type: 'plain_text', text: 'Reject' },
    blocks: [],
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
  };
}

describe('the origin of a modal', () => {
  it('comes back with what the view remembers itself, whatever that is', () => {
    // Half pairs too. The generator of fast-check for that takes long to begin.
    const anyText = fc.array(fc.nat(0xffff), { maxLength: 300 }).map((units) => String.fromCharCode(...units));
    const origin = fc.constantFrom({}, { channelId: 'C1' }, { channelId: 'D1', threadTs: '1700000000.000100' });
    fc.assert(
      fc.property(anyText, origin, (metadata, from) => {
        const { private_metadata } = rememberOrigin(viewWith(metadata), from);
        expect(recallOrigin(private_metadata)).toEqual({ ...from, metadata });
      }),
    );
  });

  it('needs nothing that the view remembers', () => {
    expect(recallOrigin(rememberOrigin(viewWith(), { channelId: 'C1' }).private_metadata)?.metadata).toBe('');
  });

  it.each([undefined, '', 'null', '[]', '{"channelId":"C1"}', '{"metadata":"","channelId":"@alice"}', 'apr-1'])(
    'is unknown when the view remembers %s',
    (garbage) => {
      expect(recallOrigin(garbage)).toBeUndefined();
    },
  );

  it('does not fit beside what is too long for Slack, and says so before Slack does', () => {
    expect(rememberOrigin(viewWith('x'.repeat(2_900)), { channelId: 'C1' }).private_metadata).toHaveLength(2_932);
    const tooLong = () => rememberOrigin(viewWith('x'.repeat(2_990)), { channelId: 'C1' });
    expect(tooLong).toThrow('approval.reject remembers too much');
  });
});
