import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createOutboxRows } from '../../../../src/adapters/store/outbox-rows.ts';
import type { MessageAddress, OutboxRows } from '../../../../src/services/notifications/ports.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const OPS: MessageAddress = { kind: 'channel', channelId: 'C1' };
const POSTED = { channelId: 'C1', ts: '1.1' };

let store: Store;
let outbox: OutboxRows;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  outbox = createOutboxRows(store.pool);
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.pool.query('truncate outbox, outbox_lanes');
});

const put = (key: string, text: string, to: MessageAddress = OPS): Promise<void> =>
  outbox.put({ key, to, message: { text } });
const claimed = async (limit = 50): Promise<string[]> => {
  const { rows } = await outbox.claimDue(limit);
  return rows.map(({ key, message }) => `${key} ${message.text}`).toSorted();
};
async function send(key: string, nextEditInMs = 0): Promise<void> {
  const { rows } = await outbox.claimDue(50);
  await outbox.settle(rows.find((row) => row.key === key)!, { kind: 'sent', posted: POSTED, nextEditInMs });
}

describe('outbox rows', () => {
  it('hands out the newest version only', async () => {
    await put('a', 'v1');
    await put('a', 'v2');
    expect(await claimed()).toEqual(['a v2']);
    expect(await claimed()).toEqual([]);
  });

  it('hands out a version that came while an older one was being sent', async () => {
    await put('a', 'v1');
    const { rows } = await outbox.claimDue(1);
    await put('a', 'v2');
    await outbox.settle(rows[0]!, { kind: 'sent', posted: POSTED, nextEditInMs: 0 });
    const again = await outbox.claimDue(1);
    expect(again.rows[0]).toMatchObject({ key: 'a', message: { text: 'v2' }, posted: POSTED, attempts: 1 });
  });

  it('gives a message that is there a new try by each new version, after one that Slack refused', async () => {
    await put('a', 'v1');
    await send('a');
    await put('a', 'v2');
    const { rows } = await outbox.claimDue(1);
    await outbox.settle(rows[0]!, { kind: 'failed', error: 'Slack: msg_too_long' });
    expect(await claimed()).toEqual([]);
    await put('a', 'v3');
    expect((await outbox.claimDue(1)).rows[0]).toMatchObject({ message: { text: 'v3' }, posted: POSTED, attempts: 1 });
  });

  it('keeps a version that came while Slack refused an older one', async () => {
    await put('a', 'v1');
    await send('a');
    await put('a', 'v2');
    const { rows } = await outbox.claimDue(1);
    await put('a', 'v3');
    await outbox.settle(rows[0]!, { kind: 'failed', error: 'Slack: msg_too_long' });
    expect(await claimed()).toEqual(['a v3']);
  });

  it('gives up a message that could not be posted', async () => {
    await put('a', 'v1');
    const { rows } = await outbox.claimDue(1);
    await outbox.settle(rows[0]!, { kind: 'failed', error: 'Slack: not_in_channel' });
    await put('a', 'v2');
    expect(await claimed()).toEqual([]);
  });

  it('posts in a channel one after the other, in the order in which they were put', async () => {
    await put('b', 'first');
    await put('a', 'second');
    expect(await claimed()).toEqual(['b first']);
    expect(await claimed()).toEqual([]);
  });

  it('waits for the next posting slot of a channel, and for no other channel', async () => {
    expect(await outbox.takePostingSlot('C1', 60_000)).toBe(true);
    expect(await outbox.takePostingSlot('C1', 60_000)).toBe(false);
    await put('a', 'waits');
    await put('b', 'goes', { kind: 'channel', channelId: 'C2' });
    expect(await claimed()).toEqual(['b goes']);
  });

  it('pauses one channel after a 429, edits too', async () => {
    await put('a', 'v1');
    await send('a');
    await put('a', 'v2');
    await put('b', 'v1', { kind: 'channel', channelId: 'C2' });
    const { rows } = await outbox.claimDue(50);
    const limited = rows.find(({ key }) => key === 'a')!;
    await outbox.settle(limited, { kind: 'retry', inMs: 60_000, pauseLane: true, error: 'ratelimited' });
    await put('a', 'v3');
    expect(rows.map(({ key }) => key).toSorted()).toEqual(['a', 'b']);
    expect(await claimed()).toEqual([]);
  });

  it('gives each row to one of two replicas', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => put(`k${index}`, 'x', { kind: 'channel', channelId: `C${index}` })),
    );
    const replicas = await Promise.all([claimed(), claimed(), claimed(), claimed()]);
    expect(replicas.flat()).toHaveLength(20);
    expect(new Set(replicas.flat()).size).toBe(20);
  });

  it('sends what only one person sees once, also when it is put again after a crash', async () => {
    const whisper: MessageAddress = { kind: 'response_url', responseUrl: 'http://slack/r' };
    await put('w', 'hello', whisper);
    await send('w');
    await put('w', 'hello', whisper);
    expect(await claimed()).toEqual([]);
  });

  it('keeps any text that a person can type', async () => {
    const text = 'nul \u0000, lone surrogate \ud800, quote \' " \\ and \u202e';
    await put('a', text);
    const { rows } = await outbox.claimDue(1);
    expect(rows[0]?.message.text).toContain('lone surrogate');
  });

  it('counts what is left', async () => {
    await put('a', 'x');
    await put('b', 'x');
    expect((await outbox.claimDue(50)).pending).toBe(2);
  });
});

describe('outbox rows of a thread', () => {
  const REPLY: MessageAddress = { kind: 'channel', channelId: 'C1', threadOf: 'card' };

  it('are handed out with the thread, once the message above them is posted', async () => {
    await put('card', 'card');
    await put('reply', 'reply', REPLY);
    const { rows } = await outbox.claimDue(50);
    expect(rows.map(({ key }) => key)).toEqual(['card']);
    await outbox.settle(rows[0]!, { kind: 'sent', posted: POSTED, nextEditInMs: 0 });
    const [reply] = (await outbox.claimDue(50)).rows;
    expect(reply).toMatchObject({ key: 'reply', to: { kind: 'channel', channelId: 'C1', threadTs: '1.1' } });
    expect(reply?.lost).toBeUndefined();
  });

  it('let others of the channel go first while they wait', async () => {
    await put('reply', 'older', REPLY);
    await put('other', 'newer');
    expect(await claimed()).toEqual(['other newer']);
  });

  it('stay in their order when an earlier one waits for its next try, and hold up nobody else', async () => {
    await put('card', 'card');
    await send('card');
    await put('card:1', 'broke', REPLY);
    const { rows } = await outbox.claimDue(50);
    await outbox.settle(rows[0]!, { kind: 'retry', inMs: 60_000, pauseLane: false, error: 'Slack: no answer' });
    await put('card:2', 'is over', REPLY);
    await put('other', 'other');
    await send('other');
    expect(await claimed()).toEqual([]);
    await store.pool.query('update outbox set next_at = now()');
    await send('card:1');
    expect(await claimed()).toEqual(['card:2 is over']);
  });

  it('go on without one that was given up', async () => {
    await put('card', 'card');
    await send('card');
    await put('card:1', 'broke', REPLY);
    const { rows } = await outbox.claimDue(50);
    await outbox.settle(rows[0]!, { kind: 'failed', error: 'Slack: msg_too_long' });
    await put('card:2', 'is over', REPLY);
    expect(await claimed()).toEqual(['card:2 is over']);
  });

  it('come out as lost when the message above them was given up, and hold up nobody', async () => {
    await put('card', 'card');
    const { rows } = await outbox.claimDue(1);
    await outbox.settle(rows[0]!, { kind: 'failed', error: 'Slack: is_archived' });
    await put('reply', 'reply', REPLY);
    const [reply] = (await outbox.claimDue(50)).rows;
    expect(reply?.lost).toContain('could not be posted');
    await outbox.settle(reply!, { kind: 'failed', error: reply!.lost! });
    await put('other', 'other');
    expect(await claimed()).toEqual(['other other']);
    expect((await outbox.claimDue(50)).pending).toBe(1);
  });

  it('wait a minute for a message that is not saved yet, and are lost then', async () => {
    await put('reply', 'reply', REPLY);
    await store.pool.query("update outbox set created_at = now() - interval '59 seconds'");
    expect(await claimed()).toEqual([]);
    await store.pool.query("update outbox set created_at = now() - interval '61 seconds'");
    expect((await outbox.claimDue(50)).rows[0]?.lost).toContain('never saved');
  });

  it.each<[string, MessageAddress]>([
    ['in another channel', { kind: 'channel', channelId: 'C2' }],
    ['shown to one person only', { kind: 'ephemeral', channelId: 'C1', userId: 'U1' }],
  ])('are lost when the message above them is %s', async (why, to) => {
    await put('card', 'card', to);
    const { rows } = await outbox.claimDue(50);
    const posted = to.kind === 'channel' ? { channelId: 'C2', ts: '1.1' } : undefined;
    await outbox.settle(rows[0]!, { kind: 'sent', posted, nextEditInMs: 0 });
    await put('reply', 'reply', REPLY);
    expect((await outbox.claimDue(50)).rows[0]?.lost).toContain(why);
  });

  it('are edited like others, also when the message above them is removed meanwhile', async () => {
    await put('card', 'card');
    await send('card');
    await put('reply', 'v1', REPLY);
    const { rows } = await outbox.claimDue(50);
    await outbox.settle(rows[0]!, { kind: 'sent', posted: { channelId: 'C1', ts: '2.2' }, nextEditInMs: 0 });
    await store.pool.query("delete from outbox where key = 'card'");
    await put('reply', 'v2', REPLY);
    const [edit] = (await outbox.claimDue(50)).rows;
    expect(edit).toMatchObject({ message: { text: 'v2' }, posted: { ts: '2.2' } });
    expect(edit?.lost).toBeUndefined();
  });

  it('go to one of two replicas', async () => {
    await put('card', 'card');
    await send('card');
    await put('reply', 'reply', REPLY);
    const replicas = await Promise.all([claimed(), claimed(), claimed(), claimed()]);
    expect(replicas.flat()).toEqual(['reply reply']);
  });

  it('are found where they were posted', async () => {
    await put('card', 'card');
    expect(await outbox.whereIs('card')).toBeUndefined();
    await send('card');
    expect(await outbox.whereIs('card')).toEqual(POSTED);
    expect(await outbox.whereIs('nothing')).toBeUndefined();
  });
});
