import { sql } from 'kysely';
import type { Inbox, InteractionKind, StoredInteraction } from '../../services/interactions/ports.ts';
import type { Store } from './open-store.ts';
import { aliveReplicas, type Replicas } from './replicas.ts';

const MAX_TAKEN_AT_ONCE = 100;

/** Every write names its owner, so a replica that was frozen and taken over from changes nothing any more. */
export function createInbox({ db }: Store, replicas: Pick<Replicas, 'id' | 'settings'>): Inbox {
  const unfinishedOfOurs = (id: string) =>
    db.updateTable('inbox').where('id', '=', id).where('owner', '=', replicas.id).where('finished_at', 'is', null);

  return {
    async accept({ id, kind, payload }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('inbox')
        .values({ id, kind, payload: JSON.stringify(payload ?? null), owner: replicas.id })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async begin(id) {
      const { numUpdatedRows } = await unfinishedOfOurs(id)
        .where('begun_at', 'is', null)
        .set({ begun_at: sql`now()`, attempts: sql`attempts + 1` })
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },

    async finish(id, outcome) {
      await unfinishedOfOurs(id).set({ finished_at: sql`now()`, outcome, payload: null }).execute();
    },

    async release(id) {
      await unfinishedOfOurs(id).set({ begun_at: null }).execute();
    },

    async forget(id) {
      await db
        .deleteFrom('inbox')
        .where('id', '=', id)
        .where('owner', '=', replicas.id)
        .where('begun_at', 'is', null)
        .where('finished_at', 'is', null)
        .execute();
    },

    async takeOver() {
      const { rows } = await sql<TakenRow>`
        update inbox set owner = ${replicas.id}, begun_at = null
        where id in (
          select id from inbox
          where finished_at is null and owner not in ${aliveReplicas(replicas.settings)}
          order by received_at limit ${MAX_TAKEN_AT_ONCE} for update skip locked
        )
        returning id, kind, payload, attempts, received_at as "receivedAt"`.execute(db);
      return rows.map(revive).toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
    },
  };
}

interface TakenRow {
  readonly id: string;
  readonly kind: InteractionKind;
  readonly payload: string;
  readonly attempts: number;
  readonly receivedAt: Date;
}

function revive({ payload, ...row }: TakenRow): StoredInteraction {
  return { ...row, payload: JSON.parse(payload) as unknown };
}
