import type { Store } from '../store/open-store.ts';

/** What the store knows of work that waits. */
export interface StoreNumbers {
  readonly outbox: Backlog;
  readonly deliveries: Backlog;
  readonly openAlerts: Readonly<Record<'critical' | 'warning' | 'unknown', number>>;
  readonly isLeader: boolean;
}

export interface Backlog {
  readonly count: number;
  /** `undefined`: nothing waits. */
  readonly oldestSeconds: number | undefined;
}

const BACKLOG = 'count(*)::int as count, extract(epoch from now() - min(created_at))::float8 as oldest';
/** One statement, so that all of it is of one moment. */
const NUMBERS = `
  select
    (select row_to_json(waiting) from (
      select ${BACKLOG} from outbox where wanted_version > sent_version and failed_at is null) waiting) as outbox,
    (select row_to_json(waiting) from (select ${BACKLOG} from deliveries where state = 'waiting') waiting) as deliveries,
    (select coalesce(json_object_agg(severity, count), '{}') from (
      select alert ->> 'severity' as severity, count(*)::int as count
      from alert_boards board, jsonb_array_elements(board.doc::jsonb -> 'groups') as one,
        jsonb_array_elements(one -> 'alerts') as alert
      where alert ->> 'suppressed' is null
      group by 1) counted) as alerts,
    exists (select from leases where name = 'monitor' and owner = $1 and until > now()) as leads`;

interface Row {
  readonly outbox: BacklogRow;
  readonly deliveries: BacklogRow;
  readonly alerts: Readonly<Record<string, number>>;
  readonly leads: boolean;
}

interface BacklogRow {
  readonly count: number;
  readonly oldest: number | null;
}

/** @param replica whose lead is asked for. */
export async function readStoreNumbers({ pool }: Store, replica: string): Promise<StoreNumbers> {
  const { rows } = await pool.query<Row>(NUMBERS, [replica]);
  const [row] = rows;
  if (row === undefined) {
    throw new Error('The store has answered without a row');
  }
  const { critical = 0, warning = 0, unknown = 0 } = row.alerts;
  return {
    outbox: toBacklog(row.outbox),
    deliveries: toBacklog(row.deliveries),
    openAlerts: { critical, warning, unknown },
    isLeader: row.leads,
  };
}

function toBacklog({ count, oldest }: BacklogRow): Backlog {
  return { count, oldestSeconds: oldest === null ? undefined : Math.max(0, oldest) };
}
