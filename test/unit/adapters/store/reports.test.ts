import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { createPendingSecurity } from '../../../../src/adapters/store/pending-security.ts';
import { createPendingSecurityList } from '../../../../src/adapters/store/pending-security-list.ts';
import { createRolloutStore } from '../../../../src/adapters/store/rollouts.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { aRollout } from '../../views/rollout-builders.ts';

const at = (day: number) => new Date(Date.UTC(2026, 2, day));

describe('what reports read', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());

  it('is how many security updates wait on each host, and since when', async () => {
    const pending = createPendingSecurity(store);
    const note = (host: string, environment: string, ...names: string[]) =>
      pending.note(
        { customer: 'acme', environment, host },
        names.map((name) => ({ name, version: '1' })),
        { isComplete: false },
      );
    await note('mi-1', 'prod', 'openssl', 'apt');
    await pending.note({ customer: 'acme', environment: 'prod', host: 'mi-1' }, [{ name: 'apt', version: '2' }], {
      isComplete: false,
    });
    await note('is-1', 'prod', 'curl');
    await note('dev-1', 'dev', 'curl');
    await store.pool.query(`update pending_security set first_seen = $1 where package = 'apt'`, [at(1)]);
    await store.pool.query(`update pending_security set first_seen = $1 where package <> 'apt'`, [at(5)]);
    expect(await createPendingSecurityList(store).list('acme', 'prod')).toEqual([
      { host: 'mi-1', security: 2, oldest: at(1) },
      { host: 'is-1', security: 1, oldest: at(5) },
    ]);
  });

  it('is the rollouts that have ended since', async () => {
    const rollouts = createRolloutStore(store);
    for (const day of [1, 5, 9]) {
      await rollouts.create(aRollout({ id: `r${day}`, state: 'succeeded', endedAt: at(day), reason: 'a\u0000b' }), []);
    }
    await rollouts.create(aRollout({ id: 'going', state: 'running' }), []);
    const filter = { customers: 'all', isOpen: false, limit: 10 } as const;
    const since = async (day: number) => (await rollouts.list({ ...filter, endedSince: at(day) })).map(({ id }) => id);
    expect((await since(5)).toSorted()).toEqual(['r5', 'r9']);
    expect(await since(10)).toEqual([]);
  });
});
