import { describe, expect, it } from 'vitest';
import { toInteraction } from '../../../src/handlers/to-interaction.ts';

describe('toInteraction', () => {
  it('gives a redelivered event the same id', () => {
    const body = { type: 'event_callback', event_id: 'Ev1', event_time: 1 };
    expect(toInteraction({ ...body, event_time: 2 })?.id).toBe(toInteraction(body)?.id);
  });

  it('tells two clicks on one button apart', () => {
    const click = (action_ts: string) => ({
      type: 'block_actions',
      user: { id: 'U1' },
      actions: [{ action_ts }],
      trigger_id: `t${action_ts}`,
    });
    expect(toInteraction(click('1'))?.id).not.toBe(toInteraction(click('2'))?.id);
  });

  it('tells a submission that was corrected from the one that was refused, and knows the same one again', () => {
    const submitted = (reason: string, trigger_id: string) => ({
      type: 'view_submission',
      user: { id: 'U1' },
      view: { id: 'V1', hash: 'h', state: { values: { reason: { text: { value: reason } } } } },
      trigger_id,
    });
    const wrong = toInteraction(submitted('no', 't1'))?.id;
    expect(toInteraction(submitted('because of the leak', 't2'))?.id).not.toBe(wrong);
    expect(toInteraction(submitted('no', 't3'))?.id).toBe(wrong);
  });

  it('keeps the payload but for the verification token', () => {
    const interaction = toInteraction({
      command: '/msops',
      user_id: 'U1',
      trigger_id: 't',
      token: 'shh',
      text: 'help',
    });
    expect(interaction).toEqual({
      id: 'command:U1:t',
      kind: 'command',
      payload: { command: '/msops', user_id: 'U1', trigger_id: 't', text: 'help' },
    });
  });

  it('has no id for what nobody handles', () => {
    expect(toInteraction({ type: 'shortcut' })).toBeUndefined();
    expect(toInteraction({ type: 'view_closed', user: { id: 'U1' }, view: { id: 'V1' } })).toBeUndefined();
    expect(toInteraction({})).toBeUndefined();
  });
});
