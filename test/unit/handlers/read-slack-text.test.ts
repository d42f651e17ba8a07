import { describe, expect, it } from 'vitest';
import { readSlackText } from '../../../src/handlers/read-slack-text.ts';

describe('readSlackText', () => {
  it.each([
    ['status prod <http://esb-1.example.com|esb-1.example.com>', 'status prod esb-1.example.com'],
    ['hosts <mailto:ops@example.com|ops@example.com>', 'hosts ops@example.com'],
    ['status a &lt;b&gt; &amp;amp; c', 'status a <b> &amp; c'],
    ['audit --who <@U0ALICE>', 'audit --who <@U0ALICE>'],
    ['status <https://example.com>', 'status <https://example.com>'],
  ])('reads %s as it was typed', (sent, typed) => {
    expect(readSlackText(sent)).toBe(typed);
  });
});
