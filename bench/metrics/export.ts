import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../src/adapters/store/open-store.ts';
import { METRICS } from '../../src/domain/metric.ts';

/** The size of a block of a Prometheus that keeps 30 days comes near to this. */
export const BLOCK_HOURS = 54;
const BLOCK_MS = BLOCK_HOURS * 3_600_000;

/**
 * Writes the samples of some hosts as OpenMetrics, a file for each block.
 *
 * @returns the files.
 */
export async function exportSamples(
  { pool }: Store,
  directory: string,
  { hosts, from, until }: { readonly hosts: readonly string[]; readonly from: Date; readonly until: Date },
): Promise<readonly string[]> {
  await mkdir(directory);
  await chmod(directory, 0o777);
  const names = hosts.map((host) => `'${host}'`).join(', ');
  const metrics = METRICS.map((metric) => `'${metric}'`).join(', ');
  const files: string[] = [];
  for (let block = Math.floor(from.getTime() / BLOCK_MS); block * BLOCK_MS < until.getTime(); block++) {
    const begin = new Date(Math.max(block * BLOCK_MS, from.getTime())).toISOString();
    const end = new Date(Math.min((block + 1) * BLOCK_MS, until.getTime())).toISOString();
    const file = join(directory, `block-${block}`);
    await pool.query(`copy (
      with known as (select id, host from sampled_hosts where host in (${names})),
      metrics as (select name, number from unnest(array[${metrics}]) with ordinality metric(name, number)),
      numbers as (
        select host, at, name, number, v[number] as value from samples cross join metrics
        where at >= '${begin}' and at < '${end}' and host in (select id from known)
        union all
        select p.host, p.hour + one.ms * interval '1 millisecond', name, number, one.value
        from sample_hours p cross join metrics
        cross join lateral unnest(p.ms, p.v[cardinality(p.ms) * (number - 1) + 1 : cardinality(p.ms) * number]) one(ms, value)
        where p.hour >= '${begin}' and p.hour < '${end}' and p.host in (select id from known)
      )
      select line from (
        select name || '{host="' || known.host || '"} ' || value || ' ' || round(extract(epoch from at), 3) as line
        from numbers join known on known.id = numbers.host
        order by number, known.id, at
      ) lines
      union all select '# EOF'
    ) to '${file}'`);
    files.push(file);
  }
  return files;
}
