import type { AlertBoard } from '../../services/alerts/ports.ts';
import type { Store } from '../store/open-store.ts';
import { reviveAlerts } from '../store/revive-alerts.ts';

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
    (select coalesce(json_agg(doc), '[]') from alert_boards) as boards,
    exists (select from leases where name = 'monitor' and owner = $1 and until > now()) as leads`;

interface Row {
  readonly outbox: BacklogRow;
  readonly deliveries: BacklogRow;
  readonly boards: readonly string[];
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
  return {
    outbox: toBacklog(row.outbox),
    deliveries: toBacklog(row.deliveries),
    openAlerts: countAlerts(row.boards),
    isLeader: row.leads,
  };
}

/** Texts of alerts may hold what the database's own JSON refuses, so it is read here. */
function countAlerts(boards: readonly string[]): StoreNumbers['openAlerts'] {
  const counts = { critical: 0, warning: 0, unknown: 0 };
  const groups = boards.flatMap((doc) => reviveAlerts<AlertBoard>(doc).groups);
  for (const { severity, suppressed } of groups.flatMap(({ alerts }) => alerts)) {
    counts[severity] += suppressed === undefined ? 1 : 0;
  }
  return counts;
}

function toBacklog({ count, oldest }: BacklogRow): Backlog {
  return { count, oldestSeconds: oldest === null ? undefined : Math.max(0, oldest) };
}
