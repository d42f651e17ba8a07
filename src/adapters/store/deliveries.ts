import type {
  DeliveryRows,
  DeliverySettlement,
  DueRow,
  SlackWatch,
  SlackWatches,
} from '../../services/deliveries/dispatch-ports.ts';
import type { DeliveryRecord } from '../../services/deliveries/ports.ts';
import type { StoreCleanUp } from './clean-ups.ts';
import type { Store } from './open-store.ts';

type Delivery = DeliveryRecord['delivery'];

/** A replica that dies while sending frees its claims after this long; a send ends within 30 s. */
const CLAIM_SECONDS = 90;
/** A Slack that has a message only then is called late. */
const WATCH_FROM_MS = 60_000;
const KEPT_DAYS = 90;

/** What is written of a row. `delayMs`: from its put to when it is due, so that the database's clock alone counts. */
type Doc =
  | { readonly delivery: Omit<Delivery, 'dueAt'>; readonly delayMs: number }
  | { readonly watch: SlackWatch; readonly delayMs: number };

interface SqlRow {
  readonly doc: string;
  readonly state: DeliveryRecord['state'];
  readonly attempts: number;
  readonly last: string | null;
  readonly created_at: Date;
  readonly settled_at: Date | null;
  readonly now: Date;
}

const COLUMNS = 'doc, state, attempts, last, created_at, settled_at, now() as now';

const PUT = `
  insert into deliveries (key, incident, customer, doc, due_at)
  values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')
  on conflict (key) do nothing`;

const CLAIM = `
  with due as (
    select key from deliveries
    where state = 'waiting' and due_at <= now() and (claimed_until is null or claimed_until <= now())
    order by due_at, created_at limit $1 for update skip locked)
  update deliveries set claimed_until = now() + make_interval(secs => ${CLAIM_SECONDS})
  from due where deliveries.key = due.key
  returning ${COLUMNS}`;

const SETTLE = `
  update deliveries
  set state = $2, attempts = attempts + $3, last = coalesce($4, last), claimed_until = null,
      settled_at = case when $2 <> 'waiting' then now() end,
      due_at = case when $2 = 'waiting' then now() + $5 * interval '1 millisecond' else due_at end
  where key = $1 and state = 'waiting'`;

/** Deliveries and watches share a table: both wait until they are due, and end. */
export function createDeliveries({ pool }: Pick<Store, 'pool'>): DeliveryRows & SlackWatches {
  async function put({ key, incident, customer }: Delivery | SlackWatch, doc: Doc): Promise<void> {
    await pool.query(PUT, [key, incident, customer, JSON.stringify(doc), doc.delayMs]);
  }

  return {
    async put({ dueAt, ...delivery }) {
      await put({ dueAt, ...delivery }, { delivery, delayMs: dueAt.getTime() - Date.now() });
    },
    watch: (watch) => put(watch, { watch, delayMs: WATCH_FROM_MS }),
    async ofIncident(incident) {
      const ofIt = `select ${COLUMNS} from deliveries where incident = $1 order by created_at, key`;
      const { rows } = await pool.query<SqlRow>(ofIt, [incident]);
      return rows.map(toDue).flatMap((row) => (row.kind === 'delivery' ? [row.record] : []));
    },
    async claimDue(limit) {
      const { rows } = await pool.query<SqlRow>(CLAIM, [Math.max(0, limit)]);
      return rows.map(toDue);
    },
    async settle(key, settlement) {
      await pool.query(SETTLE, [key, ...settled(settlement)]);
    },
    async statesOf(keys) {
      if (keys.length === 0) {
        return new Map();
      }
      const { rows } = await pool.query<{ key: string; state: DeliveryRecord['state'] }>(
        'select key, state from deliveries where key = any($1)',
        [[...keys]],
      );
      return new Map(rows.map(({ key, state }) => [key, state]));
    },
  };
}

function settled(settlement: DeliverySettlement): readonly unknown[] {
  const result = settlement.kind === 'not_needed' ? undefined : settlement.result;
  const state = settlement.kind === 'again' ? 'waiting' : settlement.kind;
  const inMs = settlement.kind === 'again' ? settlement.inMs : 0;
  return [state, result === undefined ? 0 : 1, result && JSON.stringify(result), inMs];
}

function toDue({ doc: text, state, attempts, last, created_at: createdAt, settled_at, now }: SqlRow): DueRow {
  const doc = JSON.parse(text) as Doc;
  if ('watch' in doc) {
    return { kind: 'watch', watch: doc.watch, putAt: createdAt, now };
  }
  const delivery = { ...doc.delivery, dueAt: new Date(createdAt.getTime() + doc.delayMs) };
  const became = { last: last === null ? undefined : JSON.parse(last), settledAt: settled_at ?? undefined };
  return { kind: 'delivery', record: { delivery, state, attempts, createdAt, ...became }, now };
}

export function createDeliveryCleanUps({ pool }: Pick<Store, 'pool'>): readonly StoreCleanUp[] {
  const old = `delete from deliveries where settled_at < now() - interval '${KEPT_DAYS} days'`;
  return [{ what: 'old deliveries', run: async () => (await pool.query(old)).rowCount ?? 0 }];
}
