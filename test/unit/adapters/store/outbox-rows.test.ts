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
