import { METRICS } from '../../domain/metric.ts';
import type { MetricPoint, MetricQuery, MetricSource } from '../../services/metrics/ports.ts';
import { createCostlyQueries } from './costly-queries.ts';
import type { Store } from './open-store.ts';

/** `$6`: number of the metric in `v`, from 1. `$7`: seconds of a step; steps begin at whole multiples of it since 1970. */
const SERIES = `with known as (
    select id, host from sampled_hosts where customer = $1 and environment = $2 and host = any($3)
  ),
  minutes as (
    select host, at, v[$6::int] as value from samples
      where host = any(array(select id from known)) and at >= $4 and at < $5
    union all
    select p.host, p.hour + one.ms * interval '1 millisecond', one.value
      from sample_hours p
      cross join lateral unnest(p.ms, p.v[cardinality(p.ms) * ($6::int - 1) + 1 : cardinality(p.ms) * $6::int]) one(ms, value)
      where p.host = any(array(select id from known)) and p.hour > $4::timestamptz - interval '1 hour' and p.hour < $5
  )
  select known.host, step.at, step.low, step.average, step.high
  from (
    select host, date_bin(make_interval(secs => $7::int), at, '1970-01-01T00:00:00Z') as at,
      min(value) as low, avg(value) as average, max(value) as high
    from minutes where value is not null and at >= $4 and at < $5
    group by 1, 2
  ) step join known on known.id = step.host
  order by step.at`;

interface Row extends MetricPoint {
  readonly host: string;
}

/** Charts from the samples of every check, brought down to steps in the database. */
export function createSampleSeries(store: Pick<Store, 'pool'>): MetricSource {
  const queries = createCostlyQueries(store);
  return {
    async series(query) {
      const rows = await queries.rows<Row>(SERIES, parametersOf(query));
      const byHost = Map.groupBy(rows, ({ host }) => host);
      return query.hosts.map((host) => ({ host, points: (byHost.get(host) ?? []).map(toPoint) }));
    },
  };
}

function parametersOf({ environment, metric, hosts, from, until, stepSeconds }: MetricQuery): unknown[] {
  const { customer, name } = environment;
  return [customer, name, hosts, from, until, METRICS.indexOf(metric) + 1, stepSeconds];
}

function toPoint({ at, low, average, high }: Row): MetricPoint {
  return { at, low, average, high };
}
