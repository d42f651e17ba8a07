import { METRICS, type Metric } from '../../domain/metric.ts';
import type { CheckTallies, CheckTally } from '../../services/metrics/ports.ts';
import type { Store } from './open-store.ts';

const [REACHABLE, HEALTHY, APPLICATIONS] = (['reachable', 'applications_healthy', 'applications'] as const).map(
  (metric: Metric) => METRICS.indexOf(metric) + 1,
);
const packed = (metric: number | undefined) =>
  `p.v[cardinality(p.ms) * ${Number(metric) - 1} + 1 : cardinality(p.ms) * ${metric}]`;

/** A host that answered without a word on its applications is neither good nor bad. */
const TALLY = `with known as (
    select id, host from sampled_hosts where customer = $1 and environment = $2 and host = any($3)
  ),
  checks as (
    select host, at, v[${REACHABLE}] as reachable, v[${HEALTHY}] as healthy, v[${APPLICATIONS}] as applications
      from samples where host = any(array(select id from known)) and at >= $4 and at < $5
    union all
    select p.host, p.hour + one.ms * interval '1 millisecond', one.reachable, one.healthy, one.applications
      from sample_hours p
      cross join lateral unnest(p.ms, ${packed(REACHABLE)}, ${packed(HEALTHY)}, ${packed(APPLICATIONS)})
        one(ms, reachable, healthy, applications)
      where p.host = any(array(select id from known)) and p.hour > $4::timestamptz - interval '1 hour' and p.hour < $5
  )
  select known.host, count(*)::int as checks,
    (count(*) filter (where reachable > 0 and healthy >= applications))::int as good
  from checks join known on known.id = checks.host
  where at >= $4 and at < $5 and (reachable = 0 or (reachable > 0 and healthy is not null and applications is not null))
  group by known.host`;

/** Counted over the samples of every check. */
export function createSampleChecks({ pool }: Pick<Store, 'pool'>): CheckTallies {
  return {
    async tally({ environment, hosts, from, until }) {
      const { customer, name } = environment;
      const { rows } = await pool.query<CheckTally>(TALLY, [customer, name, hosts, from, until]);
      const byHost = new Map(rows.map((row) => [row.host, row]));
      return hosts.map((host) => byHost.get(host) ?? { host, checks: 0, good: 0 });
    },
  };
}
