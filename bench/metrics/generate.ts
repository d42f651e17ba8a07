import type { Store } from '../../src/adapters/store/open-store.ts';
import { packOldSamples } from '../../src/adapters/store/sample-hours.ts';
import { makeSampleDay, nameOfSampleDay, startOfSampleDay } from '../../src/adapters/store/sample-partitions.ts';

const CUSTOMER = 'acme';
const ENVIRONMENT = 'prod';

/** In the order of `METRICS`: some steady, some whole percents, some with all the digits that a division gives. */
const VALUES = `array[
  1,
  round((0.15 + 0.1 * sin(minute / 229.0) + 0.1 * random()) * 400) / 4,
  round(random() * 200) / 400,
  40 + 10 * sin(minute / 229.0) + random(),
  round(60 + known.id % 20 + minute / 1440.0),
  5 + known.id % 10,
  30 + 40 * (minute % 13) / 13.0 + random(),
  30 + 1.37 * (minute / 5 % 20),
  case when random() < 0.001 then 1 else 2 end,
  2
]::real[]`;

export function hostNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `h${String(index).padStart(4, '0')}`);
}

export const PLACE = { customer: CUSTOMER, name: ENVIRONMENT } as const;

export async function insertHosts({ pool }: Store, count: number): Promise<void> {
  await pool.query('insert into sampled_hosts (customer, environment, host) select $1, $2, unnest($3::text[])', [
    ...[CUSTOMER, ENVIRONMENT, hostNames(count)],
  ]);
}

/** One check a minute of every host, in the order in which they would come. */
export async function insertDay({ pool }: Store, day: number): Promise<void> {
  await makeSampleDay(pool, 'samples', day);
  await pool.query(
    `insert into samples (host, at, v)
      select known.id,
        $1::timestamptz + minute * interval '1 minute'
          + (known.id % 60 * 1000 + known.id * 37 % 900 + round(random() * 50)) * interval '1 millisecond',
        ${VALUES}
      from generate_series(0, 1439) minute cross join (select id from sampled_hosts order by id) known
      order by minute, known.id % 60, known.id`,
    [startOfSampleDay(day)],
  );
}

/** The same day again and again, packed as it is. */
export async function repeatPackedDay({ pool }: Store, day: number, times: number): Promise<void> {
  const from = nameOfSampleDay('sample_hours', day);
  for (let later = 1; later <= times; later++) {
    await makeSampleDay(pool, 'sample_hours', day + later);
    await pool.query(
      `insert into sample_hours select host, hour + $1::int * interval '1 day', ms, v from ${from} order by host, hour`,
      [later],
    );
  }
}

export async function packDay(store: Store, day: number): Promise<void> {
  await packOldSamples(store, new Date(startOfSampleDay(day + 1)));
}

/** With indexes and everything. */
export async function bytesOfDay({ pool }: Store, table: 'samples' | 'sample_hours', day: number): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>('select pg_total_relation_size($1::regclass) as bytes', [
    nameOfSampleDay(table, day),
  ]);
  return Number(rows[0]?.bytes);
}
