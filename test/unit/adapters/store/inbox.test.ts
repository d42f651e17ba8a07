import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createStoreCleanUps } from '../../../../src/adapters/store/clean-ups.ts';
import { createInbox } from '../../../../src/adapters/store/inbox.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import type { Interaction } from '../../../../src/services/interactions/ports.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const SETTINGS = { beatEveryMs: 5_000, deadAfterMs: 20_000 };
const anInteraction = (id = 'i-1'): Interaction => ({ id, kind: 'command', payload: { text: 'status prod' } });

describe('createInbox', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate inbox, replicas'));

  const inboxOf = async (id: string, { seenSecondsAgo = 0 } = {}) => {
    await store.pool.query(
      `insert into replicas (id, machine, pid, started_at, seen) values ($1, 'elsewhere', 1, '', now() - $2 * interval '1 second')
       on conflict (id) do update set seen = excluded.seen`,
      [id, seenSecondsAgo],
    );
    return createInbox(store, { id, settings: SETTINGS });
  };

  it('accepts an interaction once, whoever gets it again', async () => {
    const [a, b] = [await inboxOf('a'), await inboxOf('b')];

    const accepted = await Promise.all([
      a.accept(anInteraction()),
      b.accept(anInteraction()),
      a.accept(anInteraction()),
    ]);

    expect(accepted.filter(Boolean)).toHaveLength(1);
  });

  it('still knows a duplicate when the first is finished', async () => {
    const inbox = await inboxOf('a');
    await inbox.accept(anInteraction());
    await inbox.begin('i-1');
    await inbox.finish('i-1', 'done');

    expect(await inbox.accept(anInteraction())).toBe(false);
    expect(await inbox.begin('i-1')).toBe(false);
  });

  it('lets one caller begin', async () => {
    const inbox = await inboxOf('a');
    await inbox.accept(anInteraction());

    const begun = await Promise.all([inbox.begin('i-1'), inbox.begin('i-1'), inbox.begin('i-1')]);

    expect(begun.filter(Boolean)).toHaveLength(1);
  });

  it('lets nobody begin what another replica accepted', async () => {
    await (await inboxOf('a')).accept(anInteraction());

    expect(await (await inboxOf('b')).begin('i-1')).toBe(false);
  });

  it('forgets what was accepted and not begun, and nothing else', async () => {
    const [a, b] = [await inboxOf('a'), await inboxOf('b')];
    for (const id of ['accepted', 'begun', 'finished']) {
      await a.accept(anInteraction(id));
    }
    await a.begin('begun');
    await a.finish('finished', 'done');

    await b.forget('accepted');
    expect(await a.accept(anInteraction('accepted'))).toBe(false);
    for (const id of ['accepted', 'begun', 'finished']) {
      await a.forget(id);
    }

    const { rows } = await store.pool.query('select id from inbox order by id');
    expect(rows).toEqual([{ id: 'begun' }, { id: 'finished' }]);
    expect(await a.accept(anInteraction('accepted'))).toBe(true);
  });

  it('takes over nothing from a replica that is alive', async () => {
    await (await inboxOf('a', { seenSecondsAgo: 19 })).accept(anInteraction());

    expect(await (await inboxOf('b')).takeOver()).toEqual([]);
  });

  it('takes over what a dead replica did not finish, oldest first, and tells how often it was begun', async () => {
    const dead = await inboxOf('dead', { seenSecondsAgo: 21 });
    await dead.accept(anInteraction('begun'));
    await dead.begin('begun');
    await dead.accept(anInteraction('accepted'));
    await dead.accept(anInteraction('finished'));
    await dead.finish('finished', 'done');

    const taken = await (await inboxOf('b')).takeOver();

    expect(taken.map(({ id, attempts, payload }) => [id, attempts, payload])).toEqual([
      ['begun', 1, { text: 'status prod' }],
      ['accepted', 0, { text: 'status prod' }],
    ]);
    expect(taken[0]?.receivedAt).toBeInstanceOf(Date);
  });

  it('gives each row to one of those that take over at once', async () => {
    const dead = await inboxOf('dead', { seenSecondsAgo: 60 });
    await Promise.all(Array.from({ length: 30 }, (_, n) => dead.accept(anInteraction(`i-${n}`))));
    const alive = await Promise.all(['b', 'c', 'd'].map((id) => inboxOf(id)));

    const taken = await Promise.all(alive.map((inbox) => inbox.takeOver()));

    const ids = taken.flat().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([30, 30]);
  });

  it('lets a replica that thaws change nothing that was taken over', async () => {
    const frozen = await inboxOf('frozen', { seenSecondsAgo: 60 });
    await frozen.accept(anInteraction());
    await frozen.begin('i-1');
    const other = await inboxOf('other');
    await other.takeOver();

    await frozen.finish('i-1', 'failed');

    expect(await frozen.begin('i-1')).toBe(false);
    expect(await other.begin('i-1')).toBe(true);
    const { rows } = await store.pool.query('select outcome, attempts from inbox');
    expect(rows).toEqual([{ outcome: null, attempts: 2 }]);
  });

  it('keeps every character and nothing of the payload once it is finished', async () => {
    const inbox = await inboxOf('a', { seenSecondsAgo: 60 });
    const text = 'nul \0, half a pair \ud800';
    await inbox.accept({ ...anInteraction(), payload: { text } });

    const [taken] = await (await inboxOf('b')).takeOver();
    await (await inboxOf('b')).finish('i-1', 'done');

    expect(taken?.payload).toEqual({ text });
    const { rows } = await store.pool.query('select payload, outcome from inbox');
    expect(rows).toEqual([{ payload: null, outcome: 'done' }]);
  });

  it('loses finished rows after two weeks at the clean-up, and no unfinished one', async () => {
    const inbox = await inboxOf('a');
    for (const id of ['old', 'recent', 'open']) {
      await inbox.accept(anInteraction(id));
    }
    await inbox.finish('old', 'done');
    await inbox.finish('recent', 'done');
    await store.pool.query(`update inbox set finished_at = now() - interval '15 days' where id = 'old'`);
    await store.pool.query(`update inbox set received_at = now() - interval '90 days' where id = 'open'`);

    const finished = createStoreCleanUps(store, () => ({ customers: [] })).find(({ what }) => /finished/.test(what));

    expect(await finished?.run()).toBe(1);
    const { rows } = await store.pool.query('select id from inbox order by id');
    expect(rows).toEqual([{ id: 'open' }, { id: 'recent' }]);
  });
});
