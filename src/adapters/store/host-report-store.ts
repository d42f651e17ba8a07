import { sql } from 'kysely';
import type { HostReport } from '../../domain/host-report.ts';
import type { HostReportStore } from '../../services/hosts/ports.ts';
import type { Store } from './open-store.ts';
import { reviveDates } from './revive-dates.ts';

/** One row a host; an older report never replaces a newer one. */
export function createHostReportStore({ db }: Store): HostReportStore {
  return {
    async save({ customer, environment }, report) {
      const row = { report: JSON.stringify(report), checked_at: report.checkedAt };
      await db
        .insertInto('host_reports')
        .values({ customer, environment, host: report.host, ...row })
        .onConflict((conflict) =>
          conflict
            .columns(['customer', 'environment', 'host'])
            .doUpdateSet(row)
            .where('host_reports.checked_at', '<=', sql<Date>`excluded.checked_at`),
        )
        .execute();
    },

    async latest({ customer, environment }) {
      const rows = await db
        .selectFrom('host_reports')
        .select('report')
        .where('customer', '=', customer)
        .where('environment', '=', environment)
        .orderBy('host')
        .execute();
      return rows.map(({ report }) => reviveDates<HostReport>(report, ['checkedAt']));
    },
  };
}
