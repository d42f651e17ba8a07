import { sql } from 'kysely';
import type { AlertBoard, AlertStore } from '../../services/alerts/ports.ts';
import type { StoreCleanUp } from './clean-ups.ts';
import type { Store } from './open-store.ts';
import { reviveAlerts } from './revive-alerts.ts';

type AlertGroup = AlertBoard['groups'][number];

const KEPT_DAYS = 90;
const MOST_ARCHIVED = 200;
const EMPTY: AlertBoard = { alerts: [], groups: [], untold: [] };

/** One board an environment, as JSON; what changes is read and written under the lock of its row. */
export function createAlertStore(store: Store): AlertStore {
  return { ...ofBoards(store), ...ofArchive(store) };
}

function ofBoards({ db }: Store): Pick<AlertStore, 'board' | 'update' | 'locate'> {
  return {
    async board(customer, environment) {
      const boards = db.selectFrom('alert_boards').select('doc').where('customer', '=', customer);
      const row = await boards.where('environment', '=', environment).executeTakeFirst();
      return row === undefined ? EMPTY : reviveAlerts<AlertBoard>(row.doc);
    },
    update: (customer, environment, change) =>
      db.transaction().execute(async (transaction) => {
        const key = { customer, environment };
        await transaction
          .insertInto('alert_boards')
          .values({ ...key, doc: JSON.stringify(EMPTY) })
          .onConflict((conflict) => conflict.columns(['customer', 'environment']).doNothing())
          .execute();
        const boards = transaction.selectFrom('alert_boards').select('doc').where('customer', '=', customer);
        const { doc } = await boards.where('environment', '=', environment).forUpdate().executeTakeFirstOrThrow();
        const next = JSON.stringify(change(reviveAlerts<AlertBoard>(doc)));
        // Of a healthy environment each round finds the same.
        if (next !== doc) {
          const own = transaction.updateTable('alert_boards').set({ doc: next }).where('customer', '=', customer);
          await own.where('environment', '=', environment).execute();
        }
        return reviveAlerts<AlertBoard>(next);
      }),
    async locate(id) {
      const rows = await db
        .selectFrom('alert_boards')
        .selectAll()
        .where(sql<boolean>`strpos(doc, ${JSON.stringify(id)}) > 0`)
        .execute();
      const found = rows.find(({ doc }) => holds(reviveAlerts<AlertBoard>(doc), id));
      return found && { customer: found.customer, environment: found.environment };
    },
  };
}

/** Text of alerts may hold anything, an id too. */
function holds({ groups, untold }: AlertBoard, id: string): boolean {
  return [...groups, ...untold.map(({ group }) => group)].some((group) => group.id === id);
}

function ofArchive({ db }: Store): Pick<AlertStore, 'archive' | 'findArchived' | 'archived'> {
  return {
    async archive(groups) {
      const rows = groups.flatMap((group) => (group.endedAt === undefined ? [] : [toRow(group, group.endedAt)]));
      if (rows.length > 0) {
        const inserted = db.insertInto('alert_groups').values(rows);
        await inserted.onConflict((conflict) => conflict.column('id').doNothing()).execute();
      }
    },
    async findArchived(id) {
      const row = await db.selectFrom('alert_groups').select('doc').where('id', '=', id).executeTakeFirst();
      return row && reviveAlerts<AlertGroup>(row.doc);
    },
    async archived({ customers, environment, from, until }) {
      const begun = db.selectFrom('alert_groups').select('doc').where('begun_at', '>=', from);
      const rows = await begun
        .where('begun_at', '<', until)
        .$if(customers !== 'all', (groups) => groups.where('customer', '=', sql<string>`any(${customers})`))
        .$if(environment !== undefined, (groups) => groups.where('environment', '=', environment ?? ''))
        .orderBy('begun_at', 'desc')
        .limit(MOST_ARCHIVED)
        .execute();
      return rows.map(({ doc }) => reviveAlerts<AlertGroup>(doc));
    },
  };
}

function toRow(group: AlertGroup, ended_at: Date) {
  const { id, customer, environment, signal, begunAt } = group;
  return { id, customer, environment, signal, begun_at: begunAt, ended_at, doc: JSON.stringify(group) };
}

export function createAlertCleanUps({ pool }: Store): readonly StoreCleanUp[] {
  const older = (table: string, column: string) => async () =>
    (await pool.query(`delete from ${table} where ${column} < now() - interval '${KEPT_DAYS} days'`)).rowCount ?? 0;
  return [
    { what: 'old alerts', run: older('alert_groups', 'ended_at') },
    { what: 'old silences', run: older('silences', 'until') },
  ];
}
