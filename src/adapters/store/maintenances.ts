import { sql } from 'kysely';
import type { Maintenances } from '../../services/rollouts/ports.ts';
import type { Store } from './open-store.ts';

/** One row a host and rollout; it ends by itself when its time is over. */
export function createMaintenances({ db }: Store): Maintenances {
  return {
    async begin({ customer, environment, host, owner, reason, until }) {
      await db
        .insertInto('maintenances')
        .values({ customer, environment, host, owner, reason, until })
        .onConflict((conflict) =>
          conflict.columns(['customer', 'environment', 'host', 'owner']).doUpdateSet({ reason, until }),
        )
        .execute();
    },
    async end({ customer, environment, host, owner }) {
      await db
        .deleteFrom('maintenances')
        .where('customer', '=', customer)
        .where('environment', '=', environment)
        .where('host', '=', host)
        .where('owner', '=', owner)
        .execute();
    },
    active: () =>
      db.selectFrom('maintenances').selectAll().where('until', '>', sql<Date>`now()`).orderBy('until').execute(),
  };
}
