import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createEnvironmentLocks } from '../../../../src/adapters/store/environment-locks.ts';
import type { Store } from '../../../../src/adapters/store/open-store.ts';
import { toPerson } from '../../../../src/domain/actor.ts';
import { createTestDatabase, openTestStore } from '../../../support/postgres.ts';
import { theActor } from '../../../support/world.ts';

const LOCK = {
  ...{ customer: 'acme', environment: 'prod', owner: 'r1' },
  ...{ holder: toPerson(theActor('alice')), reason: 'Install 7 packages on 2 hosts' },
};

describe('createEnvironmentLocks', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(await createTestDatabase(inject('postgresSocket')));
  });
  afterAll(() => store.close());

  it('gives a lock to one owner at a time, who may take it again, and tells the others whose it is', async () => {
    const locks = createEnvironmentLocks(store);
    expect(await locks.take(LOCK)).toEqual({ taken: true });
    expect(await locks.take(LOCK)).toEqual({ taken: true });
    const held = { ...LOCK, takenAt: expect.any(Date) };
    expect(await locks.take({ ...LOCK, owner: 'r2' })).toStrictEqual({ taken: false, held });
    expect(await locks.find('acme', 'prod')).toStrictEqual(held);

    await locks.release('acme', 'prod', 'r2');
    expect((await locks.find('acme', 'prod'))?.owner).toBe('r1');
    await locks.release('acme', 'prod', 'r1');
    expect(await locks.find('acme', 'prod')).toBeUndefined();
  });
});
