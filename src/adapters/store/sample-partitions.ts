import type pg from 'pg';
import type { Store } from './open-store.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
const PREFIX = 'samples_';

/** Days as they are in UTC. */
export interface SamplePartitions {
  /** Makes those of the given moments, and those of the days after them ahead of their time. */
  prepare(moments: readonly Date[]): Promise<void>;
}

export function createSamplePartitions(pool: pg.Pool): SamplePartitions {
  const made = new Set<number>();
  return {
    async prepare(moments) {
      const days = new Set(moments.map((at) => Math.floor(at.getTime() / DAY_MS)));
      const wanted = new Set([...days].flatMap((day) => [day, day + 1]));
      for (const day of [...wanted].filter((one) => !made.has(one))) {
        await makeDay(pool, day);
        made.add(day);
      }
    },
  };
}

/** In one statement, and so in one transaction: replicas that make it at the same time wait for each other. */
async function makeDay(pool: pg.Pool, day: number): Promise<void> {
  const [from, until] = [startOf(day), startOf(day + 1)];
  await pool.query(`select pg_advisory_xact_lock(hashtext('${PREFIX}'));
    create table if not exists ${nameOf(day)} partition of samples for values from ('${from}') to ('${until}')`);
}

/**
 * Removes the days that are older than 30 days, whole.
 *
 * @returns how many days went.
 */
export async function dropOldSamples({ pool }: Pick<Store, 'pool'>, now: Date): Promise<number> {
  const oldest = nameOf(Math.floor(now.getTime() / DAY_MS) - KEPT_DAYS);
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'samples'::regclass and relname < $1`,
    [oldest],
  );
  for (const { name } of rows) {
    await pool.query(`drop table if exists ${name}`);
  }
  return rows.length;
}

function startOf(day: number): string {
  return new Date(day * DAY_MS).toISOString();
}

function nameOf(day: number): string {
  return `${PREFIX}${startOf(day).slice(0, 10).replaceAll('-', '')}`;
}
