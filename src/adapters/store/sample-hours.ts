import type pg from 'pg';
import { METRICS } from '../../domain/metric.ts';
import type { Store } from './open-store.ts';
import { makeSampleDay, nameOfSampleDay, sampleDaysOf, startOfSampleDay, toSampleDay } from './sample-partitions.ts';

/** Samples of `sample_hours p` as they were: `host`, `at`, `v`. */
export const UNPACKED = `select p.host, p.hour + p.ms[i] * interval '1 millisecond' as at,
    array(select p.v[m * cardinality(p.ms) + i] from generate_series(0, cardinality(p.v) / cardinality(p.ms) - 1) m order by m) as v
  from sample_hours p cross join lateral generate_subscripts(p.ms, 1) i`;

const HOUR_OF_AT = `date_bin('1 hour', at, '1970-01-01T00:00:00Z')`;
const ALL_METRICS = METRICS.map((_, index) => `array_agg(v[${index + 1}] order by ms)`).join(' || ');

/** @param day name of the partition. `$1` to `$2`: the day. */
function packing(day: string): string {
  return `insert into sample_hours (host, hour, ms, v)
    select host, hour, array_agg(ms order by ms), ${ALL_METRICS}
    from (
      select distinct on (host, hour, ms) host, hour, (extract(epoch from at - hour) * 1000)::integer as ms, v
      from (
        select host, ${HOUR_OF_AT} as hour, at, v from ${day}
        union all
        select late.host, ${HOUR_OF_AT}, at, v from (${UNPACKED}
          where p.hour >= $1 and p.hour < $2
            and exists (select from ${day} one where one.host = p.host and one.at >= p.hour and one.at < p.hour + interval '1 hour')
        ) late
      ) both_of_them
      order by host, hour, ms
    ) once
    group by host, hour
    on conflict (host, hour) do update set ms = excluded.ms, v = excluded.v`;
}

/**
 * Packs the days that are over, an hour of a host into one row: a fifth of the size, and side by side on the disk. A
 * sample that comes later is packed by the next run. Each day is one transaction, so whoever reads finds each sample
 * once, also when the process dies in between.
 *
 * @returns how many days were packed.
 */
export async function packOldSamples({ pool }: Pick<Store, 'pool'>, now: Date): Promise<number> {
  const days = (await sampleDaysOf(pool, 'samples')).filter((day) => day < toSampleDay(now));
  let packed = 0;
  for (const day of days) {
    const { rows } = await pool.query(`select from ${nameOfSampleDay('samples', day)} limit 1`);
    if (rows.length > 0) {
      await makeSampleDay(pool, 'sample_hours', day);
      await packDay(pool, day);
      packed += 1;
    }
  }
  return packed;
}

async function packDay(pool: pg.Pool, day: number): Promise<void> {
  const name = nameOfSampleDay('samples', day);
  const client = await pool.connect();
  try {
    await client.query('begin');
    // One at a time, and nobody appends meanwhile. Readers wait for the last moment only.
    await client.query(`select pg_advisory_xact_lock(hashtext('sample_hours'))`);
    await client.query(`lock table ${name} in share mode`);
    await client.query(packing(name), [startOfSampleDay(day), startOfSampleDay(day + 1)]);
    await client.query(`truncate ${name}`);
    await client.query('commit');
    client.release();
  } catch (error) {
    // The server undoes what a broken connection has begun.
    client.release(true);
    throw error;
  }
}
