import { sql } from 'kysely';
import type { AuditEntry, AuditEvent, AuditFilter, AuditLog, AuditVerification } from '../../services/audit/ports.ts';
import { type AuditRow, type ChainHead, chain, findBreak, GENESIS, toEntry } from './audit-chain.ts';
import { createBatchWriter } from './batch-writer.ts';
import type { Store } from './open-store.ts';

/** Any constant: held while the chain grows, so that no two rows of two replicas hang on the same one. */
const CHAIN_LOCK = 7_305_041_811;
const PAGE = 1_000;
const START: ChainHead = { seq: 0, hash: GENESIS };

export interface VerifiableAuditLog extends AuditLog {
  /**
   * Recomputes the chain.
   * @param publishedHead a head hash that was noted outside; it must be in the chain. Without it, rows removed at the end cannot be noticed.
   */
  verify(publishedHead?: string): Promise<AuditVerification>;
}

/** Rows written together share one transaction and one lock, so many writers cost little more than one. */
export function createAuditLog(store: Store): VerifiableAuditLog {
  return {
    append: createBatchWriter((events: readonly AuditEvent[]) => appendAll(store, events)),
    list: (filter) => list(store, filter),
    verify: (publishedHead) => verify(store, publishedHead),
  };
}

async function appendAll({ db }: Store, events: readonly AuditEvent[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(transaction);
    // A statement of its own: it must see what was committed while we waited for the lock.
    const { rows } = await sql<{ seq: string | null; hash: string | null; at: Date }>`
      select seq, hash, date_trunc('milliseconds', clock_timestamp()) as at
      from (select 1) as one left join (select seq, hash from audit order by seq desc limit 1) as head on true
    `.execute(transaction);
    const { seq, hash, at = new Date(Number.NaN) } = rows[0] ?? {};
    const added: AuditRow[] = [];
    let head: ChainHead = { seq: Number(seq ?? START.seq), hash: hash ?? START.hash };
    for (const event of events) {
      const row = chain(head, at, event);
      added.push(row);
      head = row;
    }
    await transaction
      .insertInto('audit')
      .values(added.map((row) => ({ ...row, seq: String(row.seq) })))
      .execute();
  });
}

async function list({ db }: Store, filter: AuditFilter): Promise<readonly AuditEntry[]> {
  const { customers, since, actor, environment, limit } = filter;
  let query = db.selectFrom('audit').select(['seq', 'entry']).orderBy('seq', 'desc').limit(limit);
  if (customers !== 'all') {
    query = query.where('customer', '=', sql<string>`any(${[...customers]}::text[])`);
  }
  if (since !== undefined) {
    query = query.where('at', '>=', since);
  }
  if (actor !== undefined) {
    query = query.where('actor', '=', actor);
  }
  if (environment !== undefined) {
    query = query.where('environment', '=', environment);
  }
  const rows = await query.execute();
  return rows.map(({ seq, entry }) => toEntry({ seq: Number(seq), entry }));
}

async function verify(store: Store, publishedHead?: string): Promise<AuditVerification> {
  let head = START;
  let isPublishedHeadThere = publishedHead === undefined || publishedHead === START.hash;
  for await (const row of rowsInOrder(store)) {
    const problem = findBreak(head, row);
    if (problem !== undefined) {
      return { intact: false, brokenAt: Math.min(head.seq + 1, row.seq), problem };
    }
    isPublishedHeadThere ||= row.hash === publishedHead;
    head = row;
  }
  if (!isPublishedHeadThere) {
    const problem = `the given head is not in the chain: rows from ${head.seq + 1} on were removed, or the chain was written anew`;
    return { intact: false, brokenAt: head.seq + 1, problem };
  }
  return { intact: true, entries: head.seq, headHash: head.hash };
}

async function* rowsInOrder({ db }: Store): AsyncGenerator<AuditRow> {
  let after = '-9223372036854775808';
  for (;;) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute();
    for (const row of rows) {
      yield { ...row, seq: Number(row.seq) };
    }
    after = rows.at(-1)?.seq ?? after;
    if (rows.length < PAGE) {
      return;
    }
  }
}
