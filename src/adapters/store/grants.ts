import { type Expression, type SqlBool, sql, type Transaction } from 'kysely';
import type {
  StoredGrant as Grant,
  GrantFilter,
  StoredGrantHost as GrantHost,
  GrantStore,
} from '../../services/access/ports.ts';
import type { Database } from './database.ts';
import type { Store } from './open-store.ts';
import { reviveDates } from './revive-dates.ts';

const GRANT_DATES = [
  ...['until', 'requestedAt', 'begunAt', 'endedAt', 'remindedAt', 'alarmedAt', 'endWish.at', 'recording.at'],
  ...['extension.until', 'extension.requestedAt', 'extension.from', 'extension.approvedAt'],
];
const HOST_DATES = ['triedAt', 'makingAt'];
const LISTED = 200;

/** Grants as JSON; what changes is read and written under the lock of its row. */
export function createGrantStore(store: Store): GrantStore {
  return { ...ofGrants(store), ...ofHosts(store), ...searches(store) };
}

function ofGrants({ db }: Store): Pick<GrantStore, 'create' | 'find' | 'update'> {
  return {
    create: (grant, hosts) =>
      db.transaction().execute(async (transaction) => {
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('grants')
          .values({ ...toRow(grant), user_id: grant.userId, requested_at: grant.requestedAt })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 1n && hosts.length > 0) {
          const rows = hosts.map((host) => ({ grant_id: grant.id, host: host.host, ...toHostColumns(host) }));
          await transaction.insertInto('grant_hosts').values(rows).execute();
        }
      }),
    async find(id) {
      const row = await db.selectFrom('grants').select('doc').where('id', '=', id).executeTakeFirst();
      return row && toGrant(row);
    },
    update: (id, change) => db.transaction().execute((transaction) => update(transaction, id, change)),
  };
}

async function update(transaction: Transaction<Database>, id: string, change: (found: Grant) => Grant): Promise<Grant> {
  const row = await transaction.selectFrom('grants').select('doc').where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) {
    throw new Error(`There is no grant ${id}.`);
  }
  const found = toGrant(row);
  const changed = change(found);
  if (changed !== found) {
    await transaction.updateTable('grants').set(toRow(changed)).where('id', '=', id).execute();
  }
  return changed;
}

function ofHosts({ db }: Store): Pick<GrantStore, 'hosts' | 'saveHost' | 'updateHost'> {
  const updateHost: GrantStore['updateHost'] = (id, host, change) =>
    db.transaction().execute(async (transaction) => {
      const ofGrant = transaction.selectFrom('grant_hosts').select('doc').where('grant_id', '=', id);
      const row = await ofGrant.where('host', '=', host).forUpdate().executeTakeFirst();
      if (row === undefined) {
        throw new Error(`The grant ${id} has no host ${host}.`);
      }
      const changed = change(toHost(row));
      const own = transaction.updateTable('grant_hosts').set(toHostColumns(changed)).where('grant_id', '=', id);
      await own.where('host', '=', host).execute();
      return changed;
    });
  return {
    updateHost,
    async saveHost(id, host, change) {
      await updateHost(id, host, (found) => ({ ...found, ...change }));
    },
    async hosts(id) {
      const ofGrant = db.selectFrom('grant_hosts').select('doc').where('grant_id', '=', id);
      return (await ofGrant.orderBy('host').execute()).map(toHost);
    },
  };
}

function searches({ db }: Store): Pick<GrantStore, 'open' | 'unfinished' | 'withKey' | 'list'> {
  const where = async (condition: Expression<SqlBool>) =>
    (await db.selectFrom('grants').select('doc').where(condition).orderBy('until').orderBy('id').execute()).map(
      toGrant,
    );
  return {
    // In the words of the index.
    open: () => where(sql<SqlBool>`state in ('granting', 'active', 'ending')`),
    unfinished: () => where(sql<SqlBool>`state in ('requested', 'granting', 'active', 'ending')`),
    async withKey(publicKey) {
      const found = await where(sql<SqlBool>`position(${publicKey} in doc) > 0`);
      return found.filter(({ wish }) => wish.linux?.publicKey === publicKey);
    },
    list: (filter) => list(db, filter),
  };
}

async function list(db: Store['db'], filter: GrantFilter): Promise<readonly Grant[]> {
  const { customers, environment, person, states, limit = LISTED } = filter;
  let query = db.selectFrom('grants').select('doc').orderBy('requested_at', 'desc').orderBy('id');
  if (customers !== 'all') {
    query = query.where('customer', '=', anyOf(customers));
  }
  if (environment !== undefined) {
    query = query.where('environment', '=', environment);
  }
  if (states !== undefined) {
    query = query.where('state', '=', anyOf(states));
  }
  if (person !== undefined) {
    query = query.where(sql<SqlBool>`position(${JSON.stringify(person)} in doc) > 0`);
  } else {
    query = query.limit(Math.min(limit, LISTED));
  }
  const found = (await query.execute()).map(toGrant);
  const theirs = found.filter((grant) => person === undefined || isOf(grant, person));
  return theirs.slice(0, Math.min(limit, LISTED));
}

function anyOf(values: readonly string[]) {
  return sql<string>`any(${[...values]}::text[])`;
}

/** The document names other people too. */
function isOf({ person }: Grant, account: string): boolean {
  return person.accounts.some((one) => one === account);
}

function toRow(grant: Grant) {
  const { id, customer, environment, state, until } = grant;
  return { id, customer, environment, state, until, doc: JSON.stringify(grant) };
}

function toHostColumns(host: GrantHost) {
  return { state: host.state, doc: JSON.stringify(host) };
}

function toGrant({ doc }: { readonly doc: string }): Grant {
  return reviveDates<Grant>(doc, GRANT_DATES);
}

function toHost({ doc }: { readonly doc: string }): GrantHost {
  return reviveDates<GrantHost>(doc, HOST_DATES);
}
