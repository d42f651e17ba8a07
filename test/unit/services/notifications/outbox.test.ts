import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/domain/message.ts';
import { createOutbox } from '../../../../src/services/notifications/outbox.ts';
import {
  DeliveryFailure,
  type MessageAddress,
  type MessagePoster,
  type PostedMessage,
} from '../../../../src/services/notifications/ports.ts';
import { createMemoryOutboxRows } from '../../../support/memory-outbox-rows.ts';
import { createRecordingLogger } from '../../../support/recording-logger.ts';
import { until } from '../../../support/until.ts';

const OPS: MessageAddress = { kind: 'channel', channelId: 'C1', fallbackResponseUrl: 'http://slack/respond' };

/** Keeps what was sent; `fail` decides what happens to the nth call. */
function fakePoster(fail: (call: number, what: string) => Promise<void> = async () => {}) {
  const sent: string[] = [];
  let calls = 0;
  const send = async (what: string): Promise<void> => {
    calls += 1;
    await fail(calls, what);
    sent.push(what);
  };
  const poster: MessagePoster = {
    async post(to: MessageAddress, message: Message): Promise<PostedMessage | undefined> {
      const thread = to.kind === 'channel' && to.threadTs ? ` in ${to.threadTs}` : '';
      await send(`post ${to.kind}${thread} ${message.text}${message.blocks ? ' with blocks' : ''}`);
      return to.kind === 'channel' ? { channelId: 'C1', ts: '1.1' } : undefined;
    },
    async edit(posted, message) {
      await send(`edit ${posted.ts} ${message.text}`);
    },
    async permalink({ channelId, ts }) {
      await send(`link ${ts}`);
      return `https://slack/${channelId}/${ts}`;
    },
  };
  return { poster, sent };
}

function setUp(fail?: Parameters<typeof fakePoster>[0]) {
  const rows = createMemoryOutboxRows();
  const { poster, sent } = fakePoster(fail);
  const logger = createRecordingLogger();
  return { rows, sent, logger, outbox: createOutbox({ rows, poster, logger }) };
}

describe('outbox', () => {
  it('posts a message once and edits it afterwards', async () => {
    const { outbox, sent } = setUp();
    await outbox.put({ key: 'status:1', to: OPS, message: { text: 'checking' } });
    await outbox.idle();
    await outbox.put({ key: 'status:1', to: OPS, message: { text: 'done' } });
    await outbox.idle();
    expect(sent).toEqual(['post channel checking', 'edit 1.1 done']);
  });

  it('saves and sends no secret that got into a message, and leaves alone what a button remembers', async () => {
    const { outbox, rows, sent } = setUp();
    const button = { type: 'button', value: 'password=kept', text: { type: 'plain_text', text: 'password=gone' } };
    const blocks = [{ type: 'actions', elements: [button] }];
    await outbox.put({ key: 'status:1', to: OPS, message: { text: 'no host token=abcdef123', blocks } });
    await outbox.idle();
    expect(sent).toEqual(['post channel no host token=[secret] with blocks']);
    const saved = JSON.stringify(rows.rows.get('status:1')?.outgoing.message);
    expect(saved).toContain('password=kept');
    expect(saved).not.toContain('gone');
  });

  it('skips versions that were overtaken while a send was under way', async () => {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { outbox, sent } = setUp(async (call) => (call === 1 ? gate : undefined));
    await outbox.put({ key: 'a', to: OPS, message: { text: 'v1' } });
    await outbox.put({ key: 'a', to: OPS, message: { text: 'v2' } });
    await outbox.put({ key: 'a', to: OPS, message: { text: 'v3' } });
    release();
    await outbox.idle();
    expect(sent).toEqual(['post channel v1', 'edit 1.1 v3']);
  });

  it('sends to another channel while one send hangs', async () => {
    const { outbox, sent } = setUp((_call, what) =>
      what.includes('slow') ? new Promise(() => {}) : Promise.resolve(),
    );
    await outbox.put({ key: 'slow', to: OPS, message: { text: 'slow' } });
    await outbox.put({ key: 'quick', to: OPS, message: { text: 'quick' } });
    await until('the quick message', () => sent.includes('post channel quick'));
  });

  it('tries again after a temporary failure', async () => {
    const { outbox, sent } = setUp(async (call) => {
      if (call === 1) {
        throw new DeliveryFailure('temporary', { code: 'internal_error' });
      }
    });
    await outbox.put({ key: 'a', to: OPS, message: { text: 'hello' } });
    await outbox.idle();
    expect(sent).toEqual(['post channel hello']);
  });

  it('sends the words alone when Slack refuses the blocks', async () => {
    const { outbox, sent, logger } = setUp(async (_call, what) => {
      if (what.endsWith('with blocks')) {
        throw new DeliveryFailure('blocks_refused', { code: 'invalid_blocks' });
      }
    });
    await outbox.put({ key: 'a', to: OPS, message: { text: 'hello', blocks: [{ type: 'nonsense' }] } });
    await outbox.idle();
    expect(sent).toEqual(['post channel hello']);
    expect(logger.lines.some(({ level }) => level === 'error')).toBe(true);
  });

  it('tells the asker when it may not post in the channel', async () => {
    const { outbox, sent, rows } = setUp(async (_call, what) => {
      if (what.startsWith('post channel')) {
        throw new DeliveryFailure('not_allowed_there', { code: 'not_in_channel' });
      }
    });
    await outbox.put({ key: 'a', to: OPS, message: { text: 'hello' } });
    await outbox.idle();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('/invite @msops');
    expect(rows.rows.get('a')?.failed).toBe('Slack: not_in_channel');
  });
});

describe('a message that belongs into a thread', () => {
  const IN_THREAD: MessageAddress = { kind: 'channel', channelId: 'C1', threadOf: 'card' };

  it('waits for the message above it and is posted there, and another one does not wait for it', async () => {
    const { outbox, sent } = setUp();
    await outbox.put({ key: 'host', to: IN_THREAD, message: { text: 'host' } });
    await outbox.put({ key: 'other', to: OPS, message: { text: 'other' } });
    await outbox.idle();
    expect(sent).toEqual(['post channel other']);
    await outbox.put({ key: 'card', to: OPS, message: { text: 'card' } });
    await outbox.idle();
    await outbox.put({ key: 'host', to: IN_THREAD, message: { text: 'host is done' } });
    await outbox.idle();
    expect(sent.slice(1)).toEqual(['post channel card', 'post channel in 1.1 host', 'edit 1.1 host is done']);
  });

  it('fails, and says why, when the message above it could not be posted', async () => {
    const { outbox, rows, sent, logger } = setUp(async (_call, what) => {
      if (what.includes('card')) {
        throw new DeliveryFailure('permanent', { code: 'is_archived' });
      }
    });
    await outbox.put({ key: 'host', to: IN_THREAD, message: { text: 'host' } });
    await outbox.put({ key: 'card', to: OPS, message: { text: 'card' } });
    await outbox.idle();
    expect(rows.rows.get('host')?.failed).toContain('could not be posted');
    expect(sent).toEqual([]);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(2);
  });
});

describe('a link to a message', () => {
  it('is there once the message is, and Slack is asked for it once', async () => {
    const { outbox, sent } = setUp();
    expect(await outbox.linkTo('card')).toBeUndefined();
    await outbox.put({ key: 'card', to: OPS, message: { text: 'card' } });
    await outbox.idle();
    expect(await outbox.linkTo('card')).toBe('https://slack/C1/1.1');
    expect(await outbox.linkTo('card')).toBe('https://slack/C1/1.1');
    expect(sent).toEqual(['post channel card', 'link 1.1']);
  });

  it('is missing while Slack does not say, and is asked for again', async () => {
    const { outbox, logger } = setUp(async (call) => {
      if (call === 2) {
        throw new DeliveryFailure('rate_limited', { code: 'ratelimited' });
      }
    });
    await outbox.put({ key: 'card', to: OPS, message: { text: 'card' } });
    await outbox.idle();
    expect(await outbox.linkTo('card')).toBeUndefined();
    expect(logger.lines.at(-1)).toMatchObject({ level: 'warn', fields: { key: 'card' } });
    expect(await outbox.linkTo('card')).toBe('https://slack/C1/1.1');
  });
});
