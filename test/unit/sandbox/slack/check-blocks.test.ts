import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../../sandbox/slack/blocks/check-blocks.ts';
import { checkView } from '../../../../sandbox/slack/blocks/check-view.ts';
import type { Slack } from '../../../../sandbox/slack/start-slack.ts';
import { SLACK_LIMITS } from '../../../../src/views/slack-limits.ts';
import { createTestClient, startTestSlack } from '../../../support/slack-app.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const cell = (text: string) => ({ type: 'raw_text', text });
const button = (more: object = {}) => ({ type: 'button', action_id: 'go', text: plain('Go'), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const long = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, item: T) => Array.from({ length: count }, () => item);

const TAKEN: Record<string, object[]> = {
  'the longest section': [section(long(SLACK_LIMITS.section.text))],
  'fifty blocks': many(50, { type: 'divider' }),
  'the largest table': [{ type: 'table', rows: many(100, many(20, cell('1'))) }],
  'a table of numbers and rich text': [
    {
      type: 'table',
      column_settings: [{ align: 'right' }],
      rows: [
        [
          { type: 'raw_number', value: 3, text: '3 ms' },
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a', style: { bold: true } }] }],
          },
        ],
      ],
    },
  ],
  'a plan': [
    { type: 'plan', title: 'Rollout', tasks: [{ type: 'task_card', task_id: '1', title: 'gw-1', status: 'complete' }] },
  ],
  'a card in a carousel': [
    { type: 'carousel', elements: [{ type: 'card', title: { type: 'mrkdwn', text: 'a' }, actions: [button()] }] },
  ],
  'a button that asks back': [
    actions(
      button({ confirm: { title: plain('Sure?'), text: plain('Restart'), confirm: plain('Yes'), deny: plain('No') } }),
    ),
  ],
};

const REFUSED: Record<string, [object[], string, string]> = {
  'a section that is too long': [[section(long(3001))], '/blocks/0/text/text', 'must be less than 3001 characters'],
  'an empty text': [[section('')], '/blocks/0/text/text', 'must be more than 0 characters'],
  '51 blocks': [many(51, { type: 'divider' }), '/blocks', 'no more than 50 items allowed'],
  'an unknown block': [[{ type: 'nonsense' }], '/blocks/0/type', 'unsupported type: nonsense'],
  'a field that Slack does not know': [
    [{ type: 'divider', size: 3 }],
    '/blocks/0',
    'invalid additional property: size',
  ],
  'a section without text': [[{ type: 'section' }], '/blocks/0', 'missing required field: text or fields'],
  'mrkdwn in a header': [
    [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }],
    '/blocks/0/text/type',
    'unsupported type: mrkdwn',
  ],
  'eleven fields': [
    [{ type: 'section', fields: many(11, plain('a')) }],
    '/blocks/0/fields',
    'no more than 10 items allowed',
  ],
  'a long label': [
    [actions(button({ text: plain(long(76)) }))],
    '/blocks/0/elements/0/text/text',
    'must be less than 76 characters',
  ],
  'a long value': [
    [actions(button({ value: long(2001) }))],
    '/blocks/0/elements/0/value',
    'must be less than 2001 characters',
  ],
  'two buttons with one id': [
    [actions(button(), button())],
    '/blocks/0/elements',
    '`action_id` must be unique within a block',
  ],
  'a block id twice': [
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '/blocks/1/block_id',
    '`block_id` "a" already exists',
  ],
  'a table with 21 cells in a row': [
    [{ type: 'table', rows: [many(21, cell('a'))] }],
    '/blocks/0/rows/0',
    'no more than 20 items allowed',
  ],
  'a table with too many characters': [
    [{ type: 'table', rows: many(100, many(2, cell(long(51)))) }],
    '/blocks',
    'the table blocks of a message must have less than 10001 characters together',
  ],
  'markdown that is too long in all': [
    [
      { type: 'markdown', text: long(7000) },
      { type: 'markdown', text: long(7000) },
    ],
    '/blocks',
    'the markdown blocks of a message must have less than 12001 characters together',
  ],
  'an alert in a message': [[{ type: 'alert', text: plain('a') }], '/blocks/0/type', 'unsupported type: alert'],
  'a menu without options': [
    [actions({ type: 'static_select', action_id: 'a' })],
    '/blocks/0/elements/0',
    'must have exactly one of: options, option_groups',
  ],
};

describe('checkBlocks', () => {
  it.each(Object.entries(TAKEN))('takes %s', (_, blocks) => {
    expect(checkBlocks(blocks, 'message')).toEqual([]);
  });

  it.each(Object.entries(REFUSED))('refuses %s', (_, [blocks, pointer, message]) => {
    expect(checkBlocks(blocks, 'message')).toEqual([{ pointer, message }]);
  });
});

describe('checkView', () => {
  const modal = { type: 'modal', title: plain('Request'), blocks: [] as object[] };
  const input = { type: 'input', label: plain('Reason'), element: { type: 'plain_text_input', action_id: 'a' } };

  it('takes modals and Home tabs', () => {
    expect(checkView({ ...modal, submit: plain('Send'), blocks: [input] }, 'modal')).toEqual([]);
    expect(checkView({ type: 'home', blocks: many(100, { type: 'divider' }) }, 'home')).toEqual([]);
  });

  it('refuses what does not fit', () => {
    expect(checkView({ ...modal, title: plain(long(25)) }, 'modal')).toEqual([
      { pointer: '/view/title/text', message: 'must be less than 25 characters' },
    ]);
    expect(checkView({ ...modal, blocks: [input] }, 'modal')[0]?.message).toContain('missing required field: submit');
    expect(checkView({ ...modal, blocks: [{ type: 'table', rows: [[cell('a')]] }] }, 'modal')).toHaveLength(1);
    expect(checkView({ type: 'home', blocks: [] }, 'modal')).toHaveLength(1);
  });
});

describe('the answer to blocks that Slack refuses', () => {
  let slack: Slack;
  beforeEach(async () => {
    slack = await startTestSlack('http');
  });
  afterEach(() => slack.stop());

  const post = (blocks: object[]) =>
    createTestClient(slack).chat.postMessage({ channel: 'C0ACMEOPS', text: 'a', blocks: blocks as never });

  it('names the place and the limit', async () => {
    await expect(post([section(long(3001))])).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    });
    expect(slack.seenBy('alice', 'acme-ops').messages).toEqual([]);
  });

  it('has a word of its own for two tables', async () => {
    const table = { type: 'table', rows: [[cell('a')]] };
    await expect(post([table, table])).rejects.toThrow('only_one_table_allowed');
  });
});
