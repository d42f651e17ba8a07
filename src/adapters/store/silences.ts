import type { SilenceStore } from '../../services/alerts/ports.ts';
import type { Store } from './open-store.ts';
import { reviveAlerts } from './revive-alerts.ts';

type Silence = Parameters<SilenceStore['create']>[0];

/** The document is the truth; the columns beside it are for searching. */
export function createSilenceStore({ db }: Store): SilenceStore {
  return {
    async create(silence) {
      const { id, customer, environment, until } = silence;
      await db
        .insertInto('silences')
        .values({ id, customer, environment, until, doc: JSON.stringify(silence) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async active(now) {
      const rows = await db.selectFrom('silences').select('doc').where('until', '>', now).orderBy('until').execute();
      return rows.map(({ doc }) => reviveAlerts<Silence>(doc));
    },
    end: (id, now) =>
      db.transaction().execute(async (transaction) => {
        const going = transaction.selectFrom('silences').select('doc').where('id', '=', id).where('until', '>', now);
        const row = await going.forUpdate().executeTakeFirst();
        const ended = row && { ...reviveAlerts<Silence>(row.doc), until: now };
        if (ended !== undefined) {
          const values = { until: now, doc: JSON.stringify(ended) };
          await transaction.updateTable('silences').set(values).where('id', '=', id).execute();
        }
        return ended;
      }),
  };
}
