import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createCostlyQueries } from '../../../../src/adapters/store/costly-queries.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { until } from '../../../support/until.ts';

const LOCK = 4_711;
const HOLD = `select pg_advisory_lock(${LOCK})`;
/** Waits for the lock, and gives it back with the transaction. */
const WAIT = `select pg_advisory_xact_lock(${LOCK}), 1 as found`;

describe('createCostlyQueries', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());

  const blocked = async () => {
    const { rowCount } = await store.pool.query(
      `select from pg_locks where locktype = 'advisory' and not granted
       and database = (select oid from pg_database where datname = current_database())`,
    );
    return rowCount;
  };

  it('asks only some at once, lets a few wait, and sends the others away', async () => {
    const queries = createCostlyQueries(store, { atOnce: 2, waiting: 1, timeoutMs: 60_000 });
    const holder = await store.pool.connect();
    await holder.query(HOLD);
    const asked = [1, 2, 3].map(() => queries.rows(WAIT, []));
    await until('both are asked', async () => (await blocked()) === 2);
    await expect(queries.rows(WAIT, [])).rejects.toThrow('Too many charts are asked for just now.');
    expect(await blocked()).toBe(2);
    holder.release(true);
    expect(await Promise.all(asked)).toMatchObject([[{ found: 1 }], [{ found: 1 }], [{ found: 1 }]]);
    expect(await queries.rows('select 1 as found', [])).toEqual([{ found: 1 }]);
  });

  it('breaks off what takes too long, and goes on', async () => {
    const queries = createCostlyQueries(store, { atOnce: 1, waiting: 1, timeoutMs: 50 });
    await expect(queries.rows('select pg_sleep(60)', [])).rejects.toThrow('So many samples take too long to read.');
    await expect(queries.rows('select 1 / 0', [])).rejects.toThrow('division by zero');
    expect(await queries.rows('select 1 as found', [])).toEqual([{ found: 1 }]);
  });
});
