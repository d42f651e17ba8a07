import { sql, type Transaction } from 'kysely';
import type {
  StoredRollout as Rollout,
  RolloutFilter,
  StoredHost as RolloutHost,
  RolloutStore,
} from '../../services/rollouts/ports.ts';
import type { Database } from './database.ts';
import type { Store } from './open-store.ts';
import { reviveDates } from './revive-dates.ts';

const ROLLOUT_DATES = ['startAt', 'nextAt', 'createdAt', 'startedAt', 'endedAt', 'control.at'] as const;
const HOST_DATES = ['startedAt', 'endedAt'] as const;

/** Rollouts as JSON; what changes is read and written under the lock of its row. */
export function createRolloutStore(store: Store): RolloutStore {
  return { ...ofRollouts(store), ...ofHosts(store) };
}

function ofRollouts({ db }: Store): Pick<RolloutStore, 'create' | 'find' | 'list' | 'update'> {
  return {
    create: (rollout, hosts) =>
      db.transaction().execute(async (transaction) => {
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('rollouts')
          .values(toRow(rollout))
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst();
        const isNew = numInsertedOrUpdatedRows === 1n;
        if (isNew) {
          await insertHosts(transaction, rollout.id, hosts);
        }
        return isNew;
      }),
    async find(id) {
      const row = await db.selectFrom('rollouts').select('doc').where('id', '=', id).executeTakeFirst();
      return row && toRollout(row.doc);
    },
    list: (filter) => list(db, filter),
    update: (id, change) => db.transaction().execute((transaction) => update(transaction, id, change)),
  };
}

async function list(
  db: Store['db'],
  { customers, environment, isOpen, endedSince, limit }: RolloutFilter,
): Promise<readonly Rollout[]> {
  let query = db.selectFrom('rollouts').select('doc').orderBy('created_at', 'desc').orderBy('id').limit(limit);
  if (customers !== 'all') {
    query = query.where('customer', '=', sql<string>`any(${[...customers]}::text[])`);
  }
  if (environment !== undefined) {
    query = query.where('environment', '=', environment);
  }
  if (isOpen !== undefined) {
    query = query.where('is_open', '=', isOpen);
  }
  const found = (await query.execute()).map(({ doc }) => toRollout(doc));
  return endedSince === undefined
    ? found
    : found.filter(({ endedAt }) => endedAt !== undefined && endedAt >= endedSince);
}

async function update(
  transaction: Transaction<Database>,
  id: string,
  change: (found: Rollout) => Rollout,
): Promise<Rollout> {
  const row = await transaction
    .selectFrom('rollouts')
    .select('doc')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) {
    throw new Error(`There is no rollout ${id}.`);
  }
  const changed = change(toRollout(row.doc));
  const { doc, is_open } = toRow(changed);
  await transaction.updateTable('rollouts').set({ doc, is_open }).where('id', '=', id).execute();
  return changed;
}

function ofHosts({ db }: Store): Pick<RolloutStore, 'hosts' | 'saveHost' | 'replaceHosts'> {
  return {
    async hosts(id) {
      const ofRollout = db.selectFrom('rollout_hosts').select('doc').where('rollout', '=', id);
      const rows = await ofRollout.orderBy('wave').orderBy('host').execute();
      return rows.map(({ doc }) => toHost(doc));
    },
    saveHost: (id, host, change) =>
      db.transaction().execute(async (transaction) => {
        const found = transaction.selectFrom('rollout_hosts').select('doc').where('rollout', '=', id);
        const row = await found.where('host', '=', host).forUpdate().executeTakeFirst();
        const changed = row && { ...toHost(row.doc), ...change };
        if (changed !== undefined) {
          const values = { doc: JSON.stringify(changed), state: changed.state };
          const own = transaction.updateTable('rollout_hosts').set(values).where('rollout', '=', id);
          await own.where('host', '=', host).execute();
        }
      }),
    replaceHosts: (id, hosts) =>
      db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('rollout_hosts').where('rollout', '=', id).execute();
        await insertHosts(transaction, id, hosts);
      }),
  };
}

async function insertHosts(
  transaction: Transaction<Database>,
  rollout: string,
  hosts: readonly RolloutHost[],
): Promise<void> {
  const rows = hosts.map((host) => ({
    rollout,
    host: host.host,
    wave: host.wave,
    state: host.state,
    doc: JSON.stringify(host),
  }));
  if (rows.length > 0) {
    await transaction.insertInto('rollout_hosts').values(rows).execute();
  }
}

function toRow(rollout: Rollout) {
  const { id, customer, environment, endedAt } = rollout;
  return { id, customer, environment, is_open: endedAt === undefined, doc: JSON.stringify(rollout) };
}

function toRollout(doc: string): Rollout {
  return reviveDates<Rollout>(doc, ROLLOUT_DATES);
}

function toHost(doc: string): RolloutHost {
  return reviveDates<RolloutHost>(doc, HOST_DATES);
}
