import { sql } from 'kysely';
import type { Person } from '../../domain/actor.ts';
import type { EnvironmentLocks, StoredLock } from '../../services/rollouts/ports.ts';
import type { Store } from './open-store.ts';

/** One row a customer and environment. */
export function createEnvironmentLocks({ db }: Store): EnvironmentLocks {
  async function find(customer: string, environment: string): Promise<StoredLock | undefined> {
    const row = await db
      .selectFrom('environment_locks')
      .select(['customer', 'environment', 'owner', 'holder', 'reason', 'taken_at as takenAt'])
      .where('customer', '=', customer)
      .where('environment', '=', environment)
      .executeTakeFirst();
    return row && { ...row, holder: JSON.parse(row.holder) as Person };
  }

  return {
    find,
    async take(lock) {
      const { customer, environment, owner, holder, reason } = lock;
      for (;;) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('environment_locks')
          .values({ customer, environment, owner, reason, holder: JSON.stringify(holder) })
          .onConflict((conflict) =>
            conflict
              .columns(['customer', 'environment'])
              .doUpdateSet({ owner: sql<string>`excluded.owner` })
              .where('environment_locks.owner', '=', owner),
          )
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 1n) {
          return { taken: true };
        }
        const held = await find(customer, environment);
        if (held !== undefined) {
          return { taken: false, held };
        }
      }
    },
    async release(customer, environment, owner) {
      await db
        .deleteFrom('environment_locks')
        .where('customer', '=', customer)
        .where('environment', '=', environment)
        .where('owner', '=', owner)
        .execute();
    },
  };
}
