import type pg from 'pg';
import type { Store } from './open-store.ts';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;

/** `samples` has the checks as they come, `sample_hours` those of days that are over. */
const TABLES = ['samples', 'sample_hours'] as const;
type SampleTable = (typeof TABLES)[number];

/** Days as they are in UTC. */
export interface SamplePartitions {
  /** Makes those of the given moments, and those of the days after them ahead of their time. */
  prepare(moments: readonly Date[]): Promise<void>;
}

export function createSamplePartitions(pool: pg.Pool): SamplePartitions {
  const made = new Set<number>();
  return {
    async prepare(moments) {
      const days = new Set(moments.map(toSampleDay));
      const wanted = new Set([...days].flatMap((day) => [day, day + 1]));
      for (const day of [...wanted].filter((one) => !made.has(one))) {
        await makeSampleDay(pool, 'samples', day);
        made.add(day);
      }
    },
  };
}

/** In one statement, and so in one transaction: replicas that make it at the same time wait for each other. */
export async function makeSampleDay(pool: pg.Pool, table: SampleTable, day: number): Promise<void> {
  const [from, until] = [startOfSampleDay(day), startOfSampleDay(day + 1)];
  await pool.query(`select pg_advisory_xact_lock(hashtext('${table}_'));
    create table if not exists ${nameOfSampleDay(table, day)} partition of ${table} for values from ('${from}') to ('${until}')`);
}

/** Days of which there is a partition, oldest first. */
export async function sampleDaysOf(pool: pg.Pool, table: SampleTable): Promise<readonly number[]> {
  const { rows } = await pool.query<{ day: string }>(
    `select right(relname, 8) as day from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = $1::regclass order by relname`,
    [table],
  );
  return rows.map(({ day }) => Date.parse(day.replace(/(\d{4})(\d\d)/, '$1-$2-')) / DAY_MS);
}

/**
 * Removes the days that are older than 30 days, whole.
 *
 * @returns how many days went.
 */
export async function dropOldSamples({ pool }: Pick<Store, 'pool'>, now: Date): Promise<number> {
  const gone = new Set<number>();
  for (const table of TABLES) {
    const days = await sampleDaysOf(pool, table);
    for (const day of days.filter((one) => one < toSampleDay(now) - KEPT_DAYS)) {
      await pool.query(`drop table if exists ${nameOfSampleDay(table, day)}`);
      gone.add(day);
    }
  }
  return gone.size;
}

/** Since 1970. */
export function toSampleDay(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS);
}

export function startOfSampleDay(day: number): string {
  return new Date(day * DAY_MS).toISOString();
}

/** Letters, digits and underscores: safe in SQL as it is. */
export function nameOfSampleDay(table: SampleTable, day: number): string {
  return `${table}_${startOfSampleDay(day).slice(0, 10).replaceAll('-', '')}`;
}
