import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createStoreCleanUps } from '../../../../src/adapters/store/clean-ups.ts';
import { createKeyValue } from '../../../../src/adapters/store/key-value.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

describe('createKeyValue', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate kv'));

  const expireAll = () => store.pool.query(`update kv set expires_at = now() - interval '1 second'`);

  it('gives back what was set, as another replica sees it', async () => {
    await createKeyValue(store, 'views').set('alice', { tab: 'hosts', page: 2 });

    expect(await createKeyValue(store, 'views').get('alice')).toEqual({ tab: 'hosts', page: 2 });
  });

  it('replaces a value', async () => {
    const views = createKeyValue<string>(store, 'views');
    await views.set('alice', 'old', 1_000);
    await views.set('alice', 'new');
    await expireAll();
    await views.set('alice', 'newest');

    expect(await views.get('alice')).toBe('newest');
  });

  it('keeps namespaces apart', async () => {
    const [views, cooldowns] = [createKeyValue<string>(store, 'views'), createKeyValue<string>(store, 'cooldowns')];
    await views.set('alice', 'hosts');
    await cooldowns.set('alice', 'wait');
    await views.clear();

    expect(await views.get('alice')).toBeUndefined();
    expect(await cooldowns.get('alice')).toBe('wait');
  });

  it('hides an expired value at once, by the clock of the database', async () => {
    const views = createKeyValue<string>(store, 'views');
    await views.set('alice', 'hosts', 3_600_000);
    await expireAll();

    expect(await views.get('alice')).toBeUndefined();
    expect(await views.has('alice')).toBe(false);
    expect(await views.delete('alice')).toBe(false);
  });

  it('takes and gives many at once, in the order asked', async () => {
    const views = createKeyValue<number>(store, 'views');
    await views.setMany([
      { key: 'a', value: 1 },
      { key: 'b', value: 2 },
      { key: 'a', value: 3 },
    ]);

    expect(await views.getMany(['b', 'missing', 'a'])).toEqual([2, undefined, 3]);
    expect(await views.hasMany(['b', 'missing'])).toEqual([true, false]);
    expect(await views.deleteMany(['missing', 'a'])).toEqual([false, true]);
    expect(await views.get('a')).toBeUndefined();
  });

  it('goes through all that is valid', async () => {
    const views = createKeyValue<number>(store, 'views');
    await views.set('old', 0, 3_600_000);
    await expireAll();
    await views.set('a', 1);
    await views.set('b', 2);

    const found: unknown[] = [];
    for await (const entry of views.iterator()) {
      found.push(entry);
    }
    expect(found).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('rejects when the database fails, instead of forgetting in silence', async () => {
    const views = createKeyValue<number>(store, 'views');
    await store.pool.query('alter table kv rename to kv_away');
    const outcomes = await Promise.allSettled([views.set('a', 1), views.get('a')]);
    await store.pool.query('alter table kv_away rename to kv');

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('loses the rows of expired values at the clean-up, and no others', async () => {
    const views = createKeyValue<string>(store, 'views');
    await views.set('old', 'x', 3_600_000);
    await expireAll();
    await views.set('lasting', 'y');
    await views.set('fresh', 'z', 3_600_000);

    const [expired] = createStoreCleanUps(store, () => ({ customers: [] }));

    expect([expired?.what, await expired?.run()]).toEqual(['expired key-values', 1]);
    expect(await views.getMany(['lasting', 'fresh'])).toEqual(['y', 'z']);
  });
});
