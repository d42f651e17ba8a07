import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createSampleChecks } from '../../../../src/adapters/store/sample-checks.ts';
import { packOldSamples } from '../../../../src/adapters/store/sample-hours.ts';
import { dropOldSamples } from '../../../../src/adapters/store/sample-partitions.ts';
import { createSampleSeries } from '../../../../src/adapters/store/sample-series.ts';
import { createSampleStore } from '../../../../src/adapters/store/samples.ts';
import type { Metric } from '../../../../src/domain/metric.ts';
import type { Sample } from '../../../../src/services/monitoring/ports.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { anEnvironment } from '../../../support/world.ts';

const MIDNIGHT = Date.parse('2026-03-02T00:00:00Z');
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const at = (hours: number) => new Date(MIDNIGHT + hours * HOUR_MS);
const ENVIRONMENT = anEnvironment('acme', 'prod', ['mi-1', 'mi-2']);
const MI_1 = { customer: 'acme', environment: 'prod', host: 'mi-1' };

function aSampleAt(ms: number, values: Sample['values'], host = 'mi-1'): Sample {
  return { customer: 'acme', environment: 'prod', host, at: new Date(MIDNIGHT + ms), values };
}

/** Two days with a check a minute, a little off the minute, and now and then without a number. */
function twoDays(host: string): readonly Sample[] {
  return Array.from({ length: 2 * 24 * 60 }, (_, minute) => {
    const cpu = minute % 7 === 0 ? {} : { cpu_busy_percent: (minute * 37) % 101 };
    return aSampleAt(minute * MINUTE_MS + 137, { reachable: 1, ...cpu, applications: 2 }, host);
  });
}

describe('packOldSamples', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());
  beforeEach(() => store.pool.query('truncate samples, sample_hours, sampled_hosts'));

  const count = async (table: string) => (await store.pool.query(`select from ${table}`)).rowCount;
  const range = (from: number, until: number) => createSampleStore(store).range(MI_1, at(from), at(until));

  function series(metric: Metric, stepSeconds: number, hosts = ['mi-1', 'mi-2']) {
    const span = { from: at(0.25), until: at(47.5) };
    return createSampleSeries(store).series({ environment: ENVIRONMENT, metric, hosts, ...span, stepSeconds });
  }

  it('gives back the very same samples and charts as before it, and keeps today as it is', async () => {
    const samples = [...twoDays('mi-1'), ...twoDays('mi-2')];
    await createSampleStore(store).append(samples);
    const before = [await range(0.3, 47.7), await series('cpu_busy_percent', 900), await series('reachable', 7200)];
    expect(await packOldSamples(store, at(24))).toBe(1);
    expect(await count('samples')).toBe(2 * 24 * 60);
    expect(await count('sample_hours')).toBe(2 * 24);
    expect([await range(0.3, 47.7), await series('cpu_busy_percent', 900), await series('reachable', 7200)]).toEqual(
      before,
    );
    expect(await packOldSamples(store, at(48))).toBe(1);
    expect(await count('samples')).toBe(0);
    expect([await range(0.3, 47.7), await series('cpu_busy_percent', 900), await series('reachable', 7200)]).toEqual(
      before,
    );
    expect(before[0]).toHaveLength(47.4 * 60);
  });

  it('adds samples that come late, once', async () => {
    const samples = createSampleStore(store);
    await samples.append([aSampleAt(0, { reachable: 1 }), aSampleAt(2 * MINUTE_MS, { reachable: 0 })]);
    await packOldSamples(store, at(30));
    await samples.append([aSampleAt(0, { reachable: 1 }), aSampleAt(MINUTE_MS, { reachable: 1, load_per_core: 2 })]);
    const all = [
      aSampleAt(0, { reachable: 1 }),
      aSampleAt(MINUTE_MS, { reachable: 1, load_per_core: 2 }),
      aSampleAt(2 * MINUTE_MS, { reachable: 0 }),
    ];
    expect(await range(0, 1)).toEqual(all);
    expect(await packOldSamples(store, at(30))).toBe(1);
    expect(await range(0, 1)).toEqual(all);
    expect(await count('samples')).toBe(0);
    expect(await packOldSamples(store, at(30))).toBe(0);
  });

  it('loses nothing when replicas pack, append and read at the same time', async () => {
    const all = twoDays('mi-1').filter(({ at: moment }) => moment < at(24));
    const samples = createSampleStore(store);
    await samples.append(all);
    const late = aSampleAt(30_000, { reachable: 1 });
    const packing = Promise.all([packOldSamples(store, at(30)), packOldSamples(store, at(30)), samples.append([late])]);
    const seen: number[] = [];
    let isOver = false;
    void packing.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      seen.push((await range(0, 24)).length);
    }
    await packing;
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((found) => found !== all.length && found !== all.length + 1)).toEqual([]);
    expect(await range(0, 24)).toHaveLength(all.length + 1);
  });

  it('leaves a day as it was when it dies in between', async () => {
    await createSampleStore(store).append([aSampleAt(0, { reachable: 1 })]);
    await packOldSamples(store, at(24));
    await createSampleStore(store).append([aSampleAt(MINUTE_MS, { reachable: 1 })]);
    await store.pool.query(`alter table sample_hours_20260302 add constraint broken check (cardinality(ms) < 2)`);
    await expect(packOldSamples(store, at(24))).rejects.toThrow(/broken/);
    expect(await range(0, 1)).toHaveLength(2);
    await store.pool.query('alter table sample_hours_20260302 drop constraint broken');
    expect(await packOldSamples(store, at(24))).toBe(1);
    expect(await range(0, 1)).toHaveLength(2);
  });

  it('keeps packed days for 30 days too', async () => {
    await createSampleStore(store).append([aSampleAt(0, { reachable: 1 })]);
    await packOldSamples(store, at(24));
    await dropOldSamples(store, at(24 * 30 + 23));
    expect(await range(0, 1)).toHaveLength(1);
    expect(await dropOldSamples(store, at(24 * 31))).toBeGreaterThan(0);
    expect(await range(0, 1)).toEqual([]);
  });

  it('brings samples down to steps of low, average and high, and leaves gaps where nothing was read', async () => {
    const cpu = (minute: number, value: number) => aSampleAt(minute * MINUTE_MS, { cpu_busy_percent: value });
    const unread = aSampleAt(31 * MINUTE_MS, { reachable: 0 });
    await createSampleStore(store).append([cpu(15, 10), cpu(20, 30), cpu(29, 20), unread, cpu(60, 0)]);
    const expected = [
      {
        host: 'mi-1',
        points: [
          { at: at(0.25), low: 10, average: 20, high: 30 },
          { at: at(1), low: 0, average: 0, high: 0 },
        ],
      },
      { host: 'mi-2', points: [] },
    ];
    expect(await series('cpu_busy_percent', 900)).toEqual(expected);
    await packOldSamples(store, at(24));
    expect(await series('cpu_busy_percent', 900)).toEqual(expected);
    expect(await series('cpu_busy_percent', 900, [])).toEqual([]);
  });

  it('counts checks that said something, and the good ones among them', async () => {
    const checks: readonly Sample['values'][] = [
      { reachable: 1, applications_healthy: 2, applications: 2 },
      { reachable: 1, applications_healthy: 0, applications: 0 },
      { reachable: 1, applications_healthy: 1, applications: 2 },
      { reachable: 1, applications: 2 },
      { reachable: 0 },
      {},
    ];
    const samples = checks.map((values, minute) => aSampleAt(HOUR_MS + minute * MINUTE_MS, values));
    await createSampleStore(store).append(samples);
    const query = { environment: ENVIRONMENT, hosts: ['mi-2', 'mi-1'], from: at(1), until: at(2) };
    const expected = [
      { host: 'mi-2', checks: 0, good: 0 },
      { host: 'mi-1', checks: 4, good: 2 },
    ];
    expect(await createSampleChecks(store).tally(query)).toEqual(expected);
    await packOldSamples(store, at(24));
    expect(await createSampleChecks(store).tally(query)).toEqual(expected);
  });
});
