import { METRICS } from '../../domain/metric.ts';
import type { Sample, SampleStore } from '../../services/monitoring/ports.ts';
import type { Store } from './open-store.ts';
import { UNPACKED } from './sample-hours.ts';
import { createSamplePartitions } from './sample-partitions.ts';

const NOTE_HOSTS = `insert into sampled_hosts (customer, environment, host)
  select distinct wanted.customer, wanted.environment, wanted.host
  from jsonb_to_recordset($1::jsonb) as wanted(customer text, environment text, host text)
  on conflict do nothing`;
const APPEND = `insert into samples (host, at, v)
  select known.id, wanted.at, wanted.v
  from jsonb_to_recordset($1::jsonb)
    as wanted(customer text, environment text, host text, at timestamptz, v real[])
  join sampled_hosts known using (customer, environment, host)
  on conflict do nothing`;
const RANGE = `with known as (
    select id from sampled_hosts where customer = $1 and environment = $2 and host = $3
  )
  select at, v from samples where host = any(array(select id from known)) and at >= $4 and at < $5
  union
  select at, v from (${UNPACKED} where p.host = any(array(select id from known)) and p.hour > $4::timestamptz - interval '1 hour' and p.hour < $5) packed
    where at >= $4 and at < $5
  order by at`;

interface Row {
  readonly at: Date;
  readonly v: readonly (number | null)[];
}

/** One row for each host and check, its numbers in the order of `METRICS`; a partition a day. Days that are over are packed. */
export function createSampleStore({ pool }: Pick<Store, 'pool'>): SampleStore {
  const partitions = createSamplePartitions(pool);
  const noted = new Set<string>();

  async function noteHosts(samples: readonly Sample[]): Promise<void> {
    const unknown = samples.filter((sample) => !noted.has(hostKey(sample)));
    if (unknown.length > 0) {
      const hosts = unknown.map(({ customer, environment, host }) => ({ customer, environment, host }));
      await pool.query(NOTE_HOSTS, [JSON.stringify(hosts)]);
      unknown.forEach((sample) => void noted.add(hostKey(sample)));
    }
  }

  return {
    async append(samples) {
      if (samples.length === 0) {
        return;
      }
      await partitions.prepare(samples.map(({ at }) => at));
      await noteHosts(samples);
      await pool.query(APPEND, [JSON.stringify(samples.map(toRow))]);
    },

    async range(of, from, until) {
      const { rows } = await pool.query<Row>(RANGE, [of.customer, of.environment, of.host, from, until]);
      const { customer, environment, host } = of;
      return rows.map(({ at, v }) => ({ customer, environment, host, at, values: toValues(v) }));
    },
  };
}

function hostKey({ customer, environment, host }: Sample): string {
  return `${customer}/${environment}/${host}`;
}

function toRow({ values, ...place }: Sample) {
  return { ...place, v: METRICS.map((metric) => values[metric] ?? null) };
}

/** A row of before a metric was added is shorter. */
function toValues(numbers: Row['v']): Sample['values'] {
  const known = METRICS.map((metric, index) => [metric, numbers[index]] as const);
  return Object.fromEntries(known.filter(([, value]) => Number.isFinite(value)));
}
