import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createPastMaintenances } from '../../../../src/adapters/store/sample-maintenances.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { anEnvironment } from '../../../support/world.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour));

describe('createPastMaintenances', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
    await aRollout('r1', { endedAt: at(9) }, { 'mi-1': [1, 2], 'mi-2': [3, 4], 'mi-3': [8, 9] });
    await aRollout('r2', {}, { 'mi-1': [10], 'mi-2': [] });
    await aRollout('r3', { endedAt: at(14) }, { 'mi-1': [13] });
    await aRollout('other', { customer: 'globex' }, { 'mi-1': [1, 2] });
  });
  afterAll(() => store.close());

  async function aRollout(id: string, doc: object, hosts: Record<string, readonly number[]>): Promise<void> {
    const { customer } = { customer: 'acme', ...doc };
    await store.pool.query(
      'insert into rollouts (id, customer, environment, is_open, doc, created_at) values ($1, $2, $3, $4, $5, $6)',
      [...[id, customer, 'prod', !('endedAt' in doc), JSON.stringify(doc), at(0)]],
    );
    for (const [host, [startedAt, endedAt]] of Object.entries(hosts)) {
      const times = { startedAt: startedAt && at(startedAt), endedAt: endedAt && at(endedAt), output: 'a\u0000b' };
      await store.pool.query('insert into rollout_hosts (rollout, host, wave, state, doc) values ($1, $2, 0, $3, $4)', [
        ...[id, host, 'done', JSON.stringify(times)],
      ]);
    }
  }

  const during = (hosts: readonly string[], from: number, until: number) =>
    createPastMaintenances(store).during({
      environment: anEnvironment('acme', 'prod', []),
      hosts,
      from: at(from),
      until: at(until),
    });

  it('tells when a rollout worked on the hosts, from the first to the last of them', async () => {
    expect(await during(['mi-1', 'mi-2'], 0, 6)).toEqual([{ rollout: 'r1', from: at(1), until: at(4) }]);
    expect(await during(['mi-3'], 0, 6)).toEqual([]);
  });

  it('lets one that goes on end with the time asked for, and one that left a host behind with itself', async () => {
    expect(await during(['mi-1'], 9, 20)).toEqual([
      { rollout: 'r2', from: at(10), until: at(20) },
      { rollout: 'r3', from: at(13), until: at(14) },
    ]);
  });

  it('says nothing of another customer, and nothing of hosts that were not begun', async () => {
    expect(await during(['mi-2'], 9, 20)).toEqual([]);
    expect(await during(['mi-1'], 2, 3)).toEqual([]);
  });
});
