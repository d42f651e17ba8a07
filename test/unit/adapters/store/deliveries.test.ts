import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createDeliveries, createDeliveryCleanUps } from '../../../../src/adapters/store/deliveries.ts';
import { createMessageStates } from '../../../../src/adapters/store/message-states.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createOutboxRows } from '../../../../src/adapters/store/outbox-rows.ts';
import type { Delivery } from '../../../../src/services/deliveries/delivery.ts';
import type { DueRow } from '../../../../src/services/deliveries/dispatch-ports.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { aDelay, aDelivery, SENT } from '../../services/deliveries/delivery-builders.ts';

const LATER = aDelay();

let store: Store;
let rows: ReturnType<typeof createDeliveries>;

beforeAll(async () => {
  store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  rows = createDeliveries(store);
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.pool.query('truncate deliveries, outbox');
});

const put = (overrides: Partial<Delivery> = {}) => rows.put(aDelivery({ dueAt: new Date(), ...overrides }));
const keyOf = (row: DueRow): string => (row.kind === 'delivery' ? row.record.delivery.key : row.watch.key);
const claimed = async (limit = 50) => (await rows.claimDue(limit)).map(keyOf).toSorted();

describe('deliveries', () => {
  it('are put once for each key, and come back as they were put', async () => {
    const delivery = aDelivery({ dueAt: new Date(), after: ['x'], troubleThreads: [{ channelId: 'C1' }] });
    await rows.put(delivery);
    await put({ incident: 'other', content: { kind: 'sms', to: ['+1'], text: 'again' } });
    const [record, ...others] = await rows.ofIncident('7kq2m9xd');
    expect(others).toEqual([]);
    expect(record).toMatchObject({ state: 'waiting', attempts: 0, delivery: { ...delivery, dueAt: expect.any(Date) } });
    expect(Math.abs(record!.delivery.dueAt.getTime() - delivery.dueAt.getTime())).toBeLessThan(2_000);
    expect(record).not.toHaveProperty('last.kind');
  });

  it('keep any text that a host can say', async () => {
    const text = 'nul \u0000, lone surrogate \ud800, quote \' " \\ and \u202e';
    await put({ content: { kind: 'sms', to: ['+1'], text } });
    expect((await rows.ofIncident('7kq2m9xd'))[0]?.delivery.content).toEqual({ kind: 'sms', to: ['+1'], text });
  });

  it('are claimed when they are due, and not before', async () => {
    await put({ key: 'now' });
    await put({ key: 'later', dueAt: new Date(Date.now() + 30_000) });
    expect(await claimed()).toEqual(['now']);
    await store.pool.query(`update deliveries set due_at = now()`);
    expect(await claimed()).toEqual(['later']);
  });

  it('go to one of several replicas each', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => put({ key: `k${index}` })));
    const replicas = await Promise.all([claimed(), claimed(), claimed(), claimed()]);
    expect(replicas.flat().toSorted()).toHaveLength(20);
    expect(new Set(replicas.flat()).size).toBe(20);
  });

  it('are claimed again when the replica that had them is gone for 90 s', async () => {
    await put({ key: 'a' });
    expect(await claimed()).toEqual(['a']);
    expect(await claimed()).toEqual([]);
    await store.pool.query(`update deliveries set claimed_until = claimed_until - interval '89 seconds'`);
    expect(await claimed()).toEqual([]);
    await store.pool.query(`update deliveries set claimed_until = claimed_until - interval '2 seconds'`);
    expect(await claimed()).toEqual(['a']);
  });

  it('wait after a try that did not succeed, and count it', async () => {
    await put({ key: 'a' });
    await claimed();
    await rows.settle('a', { kind: 'again', inMs: 60_000, result: LATER });
    expect(await claimed()).toEqual([]);
    await store.pool.query(`update deliveries set due_at = due_at - interval '61 seconds'`);
    const [row] = await rows.claimDue(1);
    expect(row).toMatchObject({ kind: 'delivery', record: { attempts: 1, last: LATER, state: 'waiting' } });
  });

  it('count no try when nothing was tried', async () => {
    await put({ key: 'a' });
    await rows.settle('a', { kind: 'again', inMs: 0 });
    expect((await rows.ofIncident('7kq2m9xd'))[0]).toMatchObject({ attempts: 0 });
  });

  it.each([
    ['sent', { kind: 'sent', result: SENT }, { attempts: 1, last: SENT }],
    ['not_needed', { kind: 'not_needed' }, { attempts: 0 }],
  ] as const)('stay %s, whatever another replica says later', async (state, settlement, became) => {
    await put({ key: 'a' });
    await rows.settle('a', settlement);
    await rows.settle('a', { kind: 'again', inMs: 0, result: LATER });
    expect((await rows.ofIncident('7kq2m9xd'))[0]).toMatchObject({ state, settledAt: expect.any(Date), ...became });
    expect(await claimed()).toEqual([]);
    expect(await rows.statesOf(['a', 'b'])).toEqual(new Map([['a', state]]));
  });

  it('are removed 90 days after they have ended', async () => {
    await put({ key: 'a' });
    await put({ key: 'b' });
    await rows.settle('a', { kind: 'sent', result: SENT });
    await store.pool.query(`update deliveries set created_at = now() - interval '1 year'`);
    const [cleanUp] = createDeliveryCleanUps(store);
    expect(await cleanUp?.run()).toBe(0);
    await store.pool.query(`update deliveries set settled_at = settled_at - interval '91 days'`);
    expect(await cleanUp?.run()).toBe(1);
    expect(await rows.statesOf(['a', 'b'])).toEqual(new Map([['b', 'waiting']]));
  });
});

describe('watches', () => {
  const WATCH = {
    ...{ key: 'w', incident: '7kq2m9xd', customer: 'acme', environment: 'prod' },
    messages: [{ key: 'card', channelId: 'C1', threadOf: 'card' }],
  };

  it('are looked at a minute after they were put, and are no deliveries', async () => {
    await rows.watch(WATCH);
    await rows.watch({ ...WATCH, messages: [] });
    expect(await rows.ofIncident('7kq2m9xd')).toEqual([]);
    expect(await claimed()).toEqual([]);
    await store.pool.query(`update deliveries set due_at = due_at - interval '60 seconds'`);
    expect(await rows.claimDue(1)).toMatchObject([{ kind: 'watch', watch: WATCH, putAt: expect.any(Date) }]);
  });
});

describe('states of messages', () => {
  const states = (...keys: string[]) => createMessageStates(store).statesOf(keys);
  const outbox = () => createOutboxRows(store.pool);
  const putMessage = (key: string) =>
    outbox().put({ key, to: { kind: 'channel', channelId: 'C1' }, message: { text: 'x' } });
  async function post(): Promise<void> {
    const { rows: due } = await outbox().claimDue(1);
    const posted = { channelId: 'C1', ts: '1772334000.000100' };
    await outbox().settle(due[0]!, { kind: 'sent', posted, nextEditInMs: 0 });
  }

  it('wait until Slack has the message', async () => {
    await putMessage('card');
    expect(await states('card', 'nothing')).toEqual(new Map([['card', { kind: 'waiting', postedAt: undefined }]]));
  });

  it('are confirmed with the newest version, and say when it was posted first', async () => {
    await putMessage('card');
    await post();
    const postedAt = new Date('2026-03-01T03:00:00.000Z');
    expect(await states('card')).toEqual(new Map([['card', { kind: 'confirmed', postedAt }]]));
    await putMessage('card');
    expect((await states('card')).get('card')).toEqual({ kind: 'under_way', postedAt });
    await store.pool.query(`update outbox set updated_at = now() - interval '16 seconds'`);
    expect((await states('card')).get('card')).toEqual({ kind: 'waiting', postedAt });
  });

  it('are failed when the message is given up', async () => {
    await putMessage('card');
    const { rows: due } = await outbox().claimDue(1);
    await outbox().settle(due[0]!, { kind: 'failed', error: 'Slack: is_archived' });
    expect((await states('card')).get('card')?.kind).toBe('failed');
  });
});
