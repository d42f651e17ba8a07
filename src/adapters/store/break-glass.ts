import { sql } from 'kysely';
import type { BreakGlassStore, VersionedBreakGlass } from '../../services/approvals/ports.ts';
import type { Store } from './open-store.ts';
import { reviveDates } from './revive-dates.ts';

type BreakGlass = VersionedBreakGlass['breakGlass'];

const DATES = ['openedAt', 'until', 'reviewDueAt', 'review.at'] as const;

/** The document is the truth; the columns beside it are for searching. */
export function createBreakGlassStore({ db }: Store): BreakGlassStore {
  const unreviewed = () => db.selectFrom('break_glass').select('doc').where('is_reviewed', '=', false);

  return {
    async create(opened) {
      const { id, customer, environment } = opened;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('break_glass')
        .values({ id, customer, environment, ...toColumns(opened) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async find(id) {
      const row = await db.selectFrom('break_glass').select(['doc', 'version']).where('id', '=', id).executeTakeFirst();
      return row && { breakGlass: revive(row.doc), version: row.version };
    },

    async replace({ breakGlass: { id }, version }, next) {
      const { numUpdatedRows } = await db
        .updateTable('break_glass')
        .set({ ...toColumns(next), version: sql`version + 1` })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async open({ customer, environment }, now) {
      const rows = await unreviewed()
        .where('customer', '=', customer)
        .where('environment', '=', environment)
        .where('until', '>', now)
        .orderBy('until', 'desc')
        .execute();
      return rows.map(({ doc }) => revive(doc));
    },

    async unreviewed() {
      const rows = await unreviewed().orderBy('created_at').orderBy('id').execute();
      return rows.map(({ doc }) => revive(doc));
    },
  };
}

function toColumns(breakGlass: BreakGlass) {
  return { until: breakGlass.until, is_reviewed: breakGlass.review !== undefined, doc: JSON.stringify(breakGlass) };
}

function revive(doc: string): BreakGlass {
  return reviveDates<BreakGlass>(doc, DATES);
}
