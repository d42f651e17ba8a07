import type { PastMaintenance, PastMaintenances } from '../../services/metrics/ports.ts';
import type { Store } from './open-store.ts';

/** Nobody waits longer for an approval and its time. */
const OLDEST_DAYS = 30;
// Read as text: `jsonb` refuses some of what a host can print.
const WORKED_ON = `select one.rollout, one.doc as host, rollouts.doc as rollout_doc
  from rollouts join rollout_hosts one on one.rollout = rollouts.id
  where rollouts.customer = $1 and rollouts.environment = $2 and one.host = any($3)
    and rollouts.created_at < $5 and (rollouts.is_open or rollouts.created_at > $4::timestamptz - interval '${OLDEST_DAYS} days')`;

interface Row {
  readonly rollout: string;
  /** JSON as text. */
  readonly host: string;
  readonly rollout_doc: string;
}

/** From the rows of rollouts: the first of the hosts that was begun, to the last that has ended. */
export function createPastMaintenances({ pool }: Pick<Store, 'pool'>): PastMaintenances {
  return {
    async during({ environment, hosts, from, until }) {
      const { rows } = await pool.query<Row>(WORKED_ON, [environment.customer, environment.name, hosts, from, until]);
      const works = rows.flatMap((row) => toWork(row, until)).filter((one) => one.from < until && one.until > from);
      return [...Map.groupBy(works, ({ rollout }) => rollout).values()]
        .map(joined)
        .toSorted((one, other) => one.from.getTime() - other.from.getTime());
    },
  };
}

function toWork(row: Row, until: Date): PastMaintenance[] {
  const { startedAt, endedAt } = JSON.parse(row.host) as Partial<Record<'startedAt' | 'endedAt', string>>;
  if (startedAt === undefined) {
    return [];
  }
  const overAt = endedAt ?? (JSON.parse(row.rollout_doc) as { endedAt?: string }).endedAt;
  const { rollout } = row;
  return [{ rollout, from: new Date(startedAt), until: overAt === undefined ? until : new Date(overAt) }];
}

function joined(works: readonly PastMaintenance[]): PastMaintenance {
  return {
    rollout: works[0]?.rollout ?? '',
    from: new Date(Math.min(...works.map((one) => one.from.getTime()))),
    until: new Date(Math.max(...works.map((one) => one.until.getTime()))),
  };
}
