import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { dropOldSamples } from '../../../../src/adapters/store/sample-partitions.ts';
import { createSampleStore } from '../../../../src/adapters/store/samples.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';

const MIDNIGHT = Date.parse('2026-03-02T00:00:00Z');
const HOUR_MS = 3_600_000;
const at = (hours: number) => new Date(MIDNIGHT + hours * HOUR_MS);
const aSampleOf = (host: string, hours: number, cpu = 1) => ({
  ...{ customer: 'acme', environment: 'prod', host, at: at(hours) },
  values: { reachable: 1, cpu_busy_percent: cpu },
});
const MI_1 = { customer: 'acme', environment: 'prod', host: 'mi-1' };

describe('createSampleStore', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate samples, sampled_hosts'));

  const days = async () =>
    (await store.pool.query(`select relname from pg_class where relname ~ '^samples_\\d+$' order by 1`)).rows.map(
      ({ relname }) => relname,
    );

  it('gives back what was kept, oldest first, over midnight, without what was not read', async () => {
    const samples = createSampleStore(store);
    await samples.append([aSampleOf('mi-1', 1, 3), aSampleOf('mi-1', -1, 2), aSampleOf('mi-2', 0)]);
    await samples.append([aSampleOf('mi-1', 2, 4)]);
    const found = await samples.range(MI_1, at(-1), at(2));
    expect(found).toEqual([aSampleOf('mi-1', -1, 2), aSampleOf('mi-1', 1, 3)]);
    expect(await samples.range({ ...MI_1, customer: 'globex' }, at(-9), at(9))).toEqual([]);
  });

  it('takes the same sample once, nothing, and many replicas at once', async () => {
    const stores = [createSampleStore(store), createSampleStore(store), createSampleStore(store)];
    await Promise.all(stores.map((samples) => samples.append([aSampleOf('mi-1', 100)])));
    await stores[0]?.append([]);
    expect(await stores[0]?.range(MI_1, at(100), at(101))).toHaveLength(1);
  });

  it('makes days ahead, and drops whole days after 30', async () => {
    const samples = createSampleStore(store);
    await samples.append([aSampleOf('mi-1', 0), aSampleOf('mi-1', 24 * 30)]);
    expect(await days()).toEqual(expect.arrayContaining(['samples_20260302', 'samples_20260303', 'samples_20260402']));
    await dropOldSamples(store, at(24 * 30 + 23));
    expect(await samples.range(MI_1, at(0), at(9999))).toHaveLength(2);
    expect(await dropOldSamples(store, at(24 * 31))).toBe(1);
    expect(await days()).not.toContain('samples_20260302');
    expect(await samples.range(MI_1, at(0), at(9999))).toHaveLength(1);
  });
});
