import { describe, expect, it } from 'vitest';
import { directMessageLine } from '../../../src/handlers/events/direct-message.ts';

const MESSAGE = { type: 'message', channel_type: 'im', user: 'U1', channel: 'D1', ts: '1.1', team: 'T1' };

describe('directMessageLine', () => {
  it.each([
    'status acme/prod',
    '/msops status acme/prod',
    '<@U0BOT> status acme/prod',
    ' <@U0BOT|msops>  status acme/prod',
  ])('takes "%s" for a command line', (text) => {
    expect(directMessageLine({ ...MESSAGE, text })?.text.trim()).toBe('status acme/prod');
  });

  it.each([
    ['an edit', { subtype: 'message_changed' }],
    ['a message of a bot', { bot_id: 'B1' }],
    ['a message in a channel', { channel_type: 'channel' }],
  ])('leaves %s alone', (_what, changes) => {
    expect(directMessageLine({ ...MESSAGE, text: 'status acme/prod', ...changes })).toBeUndefined();
  });
});
