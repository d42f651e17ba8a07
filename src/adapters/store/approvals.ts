import { sql } from 'kysely';
import type { ApprovalStore, VersionedApproval } from '../../services/approvals/ports.ts';
import type { Store } from './open-store.ts';
import { reviveDates } from './revive-dates.ts';

type Approval = VersionedApproval['approval'];

const DATES = ['requestedAt', 'expiresAt', 'votes[].at', 'decision.at'] as const;

/** The document is the truth; the columns beside it are for searching. */
export function createApprovalStore({ db }: Store): ApprovalStore {
  return {
    async create(approval) {
      const { id, customer, environment } = approval;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('approvals')
        .values({ id, customer, environment, ...toColumns(approval) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async find(id) {
      const row = await db.selectFrom('approvals').select(['doc', 'version']).where('id', '=', id).executeTakeFirst();
      return row && { approval: revive(row.doc), version: row.version };
    },

    async replace({ approval: { id }, version }, next) {
      const { numUpdatedRows } = await db
        .updateTable('approvals')
        .set({ ...toColumns(next), version: sql`version + 1` })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async pending() {
      const rows = await db
        .selectFrom('approvals')
        .select('doc')
        .where('status', '=', 'pending')
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(({ doc }) => revive(doc));
    },
  };
}

function toColumns(approval: Approval) {
  return { status: approval.status, expires_at: approval.expiresAt, doc: JSON.stringify(approval) };
}

function revive(doc: string): Approval {
  return reviveDates<Approval>(doc, DATES);
}
