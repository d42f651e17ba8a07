import { describe, expect, it } from 'vitest';
import { readSubmission } from '../../../src/handlers/submission.ts';

const ORIGIN = JSON.stringify({ channelId: 'C1', metadata: 'apr-1' });

function readElement(element: object): string | undefined {
  const view = { private_metadata: ORIGIN, state: { values: { field: { element } } } };
  return readSubmission({ user: { id: 'U1' }, view })?.values.field;
}

describe('readSubmission', () => {
  it.each([
    ['a text', { type: 'plain_text_input', value: 'prod' }, 'prod'],
    ['no text', { type: 'plain_text_input', value: null }, undefined],
    ['an empty text', { type: 'plain_text_input', value: '' }, undefined],
    ['a choice', { type: 'static_select', selected_option: { value: 'now' } }, 'now'],
    ['no choice', { type: 'radio_buttons', selected_option: null }, undefined],
    ['ticks', { type: 'checkboxes', selected_options: [{ value: 'a' }, { value: 'b' }] }, 'a,b'],
    ['no tick', { type: 'checkboxes', selected_options: [] }, undefined],
    ['a date', { type: 'datepicker', selected_date: '2026-03-01' }, '2026-03-01'],
    ['a time', { type: 'timepicker', selected_time: '02:00' }, '02:00'],
    ['a moment', { type: 'datetimepicker', selected_date_time: 1_772_330_400 }, '1772330400'],
    ['a channel', { type: 'conversations_select', selected_conversation: 'C1' }, 'C1'],
    ['people', { type: 'multi_users_select', selected_users: ['U1', 'U2'] }, 'U1,U2'],
    ['what Slack invents next', { type: 'hologram' }, undefined],
  ])('reads %s', (_what, element, expected) => {
    expect(readElement(element)).toBe(expected);
  });

  it('has what the view remembered, and nothing for a view that is not ours', () => {
    const user = { id: 'U1' };
    expect(readSubmission({ user, view: { private_metadata: ORIGIN } })).toEqual({ metadata: 'apr-1', values: {} });
    expect(readSubmission({ user, view: { private_metadata: 'apr-1' } })).toBeUndefined();
    expect(readSubmission({ user, view: {} })).toBeUndefined();
  });
});
