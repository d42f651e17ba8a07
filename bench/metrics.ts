import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPrometheusSource } from '../src/adapters/prometheus/prometheus-source.ts';
import { openStore, type Store } from '../src/adapters/store/open-store.ts';
import { createSampleSeries } from '../src/adapters/store/sample-series.ts';
import { METRICS } from '../src/domain/metric.ts';
import { msopsAppends, prometheusAppends } from './metrics/appends.ts';
import { type ChartAsker, environmentOf } from './metrics/charts.ts';
import { exportSamples } from './metrics/export.ts';
import { startExporter } from './metrics/exporter.ts';
import { bytesOfDay, hostNames, insertDay, insertHosts, packDay, repeatPackedDay } from './metrics/generate.ts';
import { measureCharts, type Restartable } from './metrics/measure.ts';
import { printAppends, printCharts, printSizes } from './metrics/print.ts';
import { importBlocks, type Prometheus, prometheusVersion, startPrometheus } from './metrics/prometheus.ts';
import { timed } from './metrics/timed.ts';
import { mustRun } from './status/shell.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '1000' },
    days: { type: 'string', default: '30' },
    'prometheus-hosts': { type: 'string', default: '50' },
  },
});
const DAY_MS = 86_400_000;
const hosts = hostNames(Number(values.hosts));
const days = Number(values.days);
const today = Math.floor(Date.now() / DAY_MS);
const end = new Date(today * DAY_MS);
const asked = farApart(Number(values['prometheus-hosts']));

const directory = mkdtempSync(join(tmpdir(), 'msops-bench-'));
await chmod(directory, 0o755);
const stops: (() => Promise<unknown> | unknown)[] = [() => rmSync(directory, { recursive: true, force: true })];
try {
  await bench();
} finally {
  for (const stop of stops.reverse()) {
    await stop();
  }
}

/**
 * Checks come in the order of the second in which they are due, and so lie on the disk: those that are asked one after
 * the other never share a page.
 */
function farApart(count: number): readonly string[] {
  const stride = Math.max(1, Math.floor(hosts.length / count) - 1);
  const ranked = Array.from({ length: count }, (_, index) => index * stride).toSorted(
    (one, other) => (one % 60) - (other % 60),
  );
  return ranked
    .map((index, rank) => ({ host: hosts[index] ?? '', turn: rank % 5 }))
    .toSorted((one, other) => one.turn - other.turn)
    .map(({ host }) => host);
}

async function bench(): Promise<void> {
  const version = await prometheusVersion();
  if (version === undefined) {
    throw new Error('Install prometheus (on Debian: apt-get install prometheus) to measure side by side.');
  }
  const msops = await openMsops();
  const sizes = await fill(msops.store());
  const files = await timed('Export for Prometheus', () =>
    exportSamples(msops.store(), join(directory, 'export'), {
      ...{ hosts: asked, until: end },
      from: new Date((today - days) * DAY_MS),
    }),
  );
  const data = join(directory, 'prometheus', 'data');
  await mustRun(`mkdir -p ${data}`);
  await timed('Import into Prometheus', () => importBlocks(files, data));
  const prometheusBytes = Number((await mustRun(`du -sb ${data}`)).split('\t')[0]);
  printSizes({ ...sizes, prometheusBytes, samples: asked.length * days * 1_440 * METRICS.length, days });

  const prometheus = await openPrometheus();
  const subjects = { msops: askerOf(msops), prometheus: askerOf(prometheus) };
  printCharts(
    `Prometheus ${version} with ${asked.length} hosts`,
    await measureCharts(msops, subjects.msops),
    await measureCharts(prometheus, subjects.prometheus),
  );
  const ours = await msopsAppends(msops.store(), hosts, end);
  printAppends(ours, await prometheusAppends(prometheus.server().url));
}

/** A day as it comes, packed and repeated; and the last one as it came. */
async function fill(store: Store) {
  const first = today - days;
  await insertHosts(store, hosts.length);
  await timed('A day as it comes', () => insertDay(store, first));
  const bytesAsItCame = await bytesOfDay(store, 'samples', first);
  await timed('Packing it', () => packDay(store, first));
  const bytesPacked = await bytesOfDay(store, 'sample_hours', first);
  await timed(`${days - 2} more packed days`, () => repeatPackedDay(store, first, days - 2));
  await timed('The last day', () => insertDay(store, today - 1));
  await timed('Statistics', () => store.pool.query('analyze'));
  return { bytesAsItCame, bytesPacked, samplesOfDay: hosts.length * 1_440 * METRICS.length };
}

async function openMsops(): Promise<Restartable & { store(): Store }> {
  const place = join(directory, 'postgres');
  const quiet = { debug() {}, info() {}, warn() {}, error: console.error };
  const open = () => openStore({ directory: place, logger: quiet as never });
  let store = await open();
  stops.push(() => store.close());
  return {
    directory: place,
    store: () => store,
    source: () => createSampleSeries(store),
    url: () => '',
    stop: () => store.close(),
    async start() {
      store = await open();
    },
  };
}

async function openPrometheus(): Promise<Restartable & { server(): Prometheus }> {
  const place = join(directory, 'prometheus');
  const exporter = await startExporter(hosts);
  stops.push(exporter.stop);
  let server = await startPrometheus(place, exporter.port);
  stops.push(() => server.stop());
  return {
    directory: place,
    server: () => server,
    source: () => createPrometheusSource({ secrets: { get: () => undefined }, timeoutMs: 60_000 }),
    url: () => server.url,
    stop: () => server.stop(),
    async start() {
      server = await startPrometheus(place, exporter.port);
    },
  };
}

function askerOf(subject: Restartable): () => ChartAsker {
  return () => ({ source: subject.source(), environment: environmentOf(subject.url()), hosts: asked, end });
}
