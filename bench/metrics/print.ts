import type { ChartTimes } from './measure.ts';

const GIGABYTE = 1e9;

interface Sizes {
  readonly bytesAsItCame: number;
  readonly bytesPacked: number;
  readonly samplesOfDay: number;
  readonly prometheusBytes: number;
  /** In Prometheus. */
  readonly samples: number;
  readonly days: number;
}

export function printSizes(sizes: Sizes): void {
  const { bytesAsItCame, bytesPacked, samplesOfDay, prometheusBytes, samples, days } = sizes;
  const perSample = prometheusBytes / samples;
  const ofAll = (perDay: number) => perDay * (days - 1) + bytesAsItCame;
  const theirs = perSample * samplesOfDay * days;
  console.log(`\n| on disk | bytes a number | a day | ${days} days | of Prometheus |\n| --- | --- | --- | --- | --- |`);
  const row = (what: string, perDay: number, all: number) =>
    console.log(
      `| ${what} | ${(perDay / samplesOfDay).toFixed(2)} | ${(perDay / 1e6).toFixed(0)} MB | ${(all / GIGABYTE).toFixed(2)} GB | ${(all / theirs).toFixed(1)}x |`,
    );
  row('as checks come', bytesAsItCame, bytesAsItCame * days);
  row('packed, the last day as it came', bytesPacked, ofAll(bytesPacked));
  row('Prometheus, blocks', theirs / days, theirs);
}

export function printCharts(beside: string, ours: readonly ChartTimes[], theirs: readonly ChartTimes[]): void {
  console.log(`\n| chart, ms p50 / p95 | msops cold | warm | ${beside} cold | warm | ratio of p50 cold | warm |`);
  console.log(`|${' --- |'.repeat(7)}`);
  ours.forEach(({ kind, cold, warm }, index) => {
    const other = theirs[index];
    const ratio = (one: readonly number[], two: readonly number[] = []) => (at(one, 0.5) / at(two, 0.5)).toFixed(2);
    console.log(
      `| ${[kind.what, both(cold), both(warm), both(other?.cold), both(other?.warm), ratio(cold, other?.cold), ratio(warm, other?.warm)].join(' | ')} |`,
    );
  });
}

export function printAppends(ours: readonly number[], theirs: readonly number[]): void {
  console.log('\n| a minute of all hosts, ms p50 / p95 | |\n| --- | --- |');
  console.log(`| msops: one statement, synced to disk | ${both(ours)} |`);
  console.log(`| Prometheus: one scrape, fetched and parsed, not synced | ${both(theirs)} |`);
}

function both(times: readonly number[] = []): string {
  return `${at(times, 0.5).toFixed(1)} / ${at(times, 0.95).toFixed(1)}`;
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? Number.NaN;
}
