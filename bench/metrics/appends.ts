import type { Store } from '../../src/adapters/store/open-store.ts';
import { createSampleStore } from '../../src/adapters/store/samples.ts';
import { METRICS } from '../../src/domain/metric.ts';
import { until } from '../../test/support/until.ts';
import { PLACE } from './generate.ts';

const TIMES = 20;

/** A minute of all hosts in one batch, with fsync. @returns milliseconds, the first (a new day) left out. */
export async function msopsAppends(store: Store, hosts: readonly string[], end: Date): Promise<readonly number[]> {
  const samples = createSampleStore(store);
  const times: number[] = [];
  for (let minute = 0; minute <= TIMES; minute++) {
    const at = new Date(end.getTime() + minute * 60_000);
    const values = () => Object.fromEntries(METRICS.map((metric) => [metric, Math.random() * 100]));
    const batch = hosts.map((host) => ({
      customer: PLACE.customer,
      environment: PLACE.name,
      host,
      at,
      values: values(),
    }));
    const begin = performance.now();
    await samples.append(batch);
    times.push(performance.now() - begin);
  }
  return times.slice(1);
}

/** What it says of its scrapes: fetched, parsed and appended. @returns milliseconds, the first (new series) left out. */
export async function prometheusAppends(url: string): Promise<readonly number[]> {
  const query = encodeURIComponent('scrape_duration_seconds[5m]');
  const scrapes = async () => {
    const answer = await fetch(`${url}/api/v1/query?query=${query}`);
    const { data } = (await answer.json()) as { data: { result: { values: [number, string][] }[] } };
    const times = data.result[0]?.values.map(([, seconds]) => Number(seconds) * 1_000) ?? [];
    return times.length > TIMES ? times.slice(-TIMES) : undefined;
  };
  return until('scrapes', scrapes, 60_000);
}
