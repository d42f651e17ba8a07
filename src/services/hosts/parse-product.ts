import { gunzipSync } from 'node:zlib';
import type { HealthSample, HeapSample, ProductSample } from '../../domain/host-report.ts';
import type { HealthEndpoint, Product } from '../../domain/inventory.ts';
import { describePart, type ProbePart, type ProbeParts } from '../../domain/probe-output.ts';
import { heapFromCounters } from './heap-from-counters.ts';
import { parseHealth } from './parse-health.ts';
import { parseHeapInfo } from './parse-heap-info.ts';
import { parsePerfData } from './parse-perf-data.ts';

/** A perf data file has 32 KiB, or 64 KiB with large pages. */
const MAX_PERF_DATA_BYTES = 4 * 1024 * 1024;

/** @param index of the product in the host's list. */
export function parseProduct(product: Product, index: number, parts: ProbeParts): ProductSample {
  const health = product.health.map(
    (endpoint: HealthEndpoint, number): HealthSample => parseHealth(endpoint, parts.get(`health.${index}.${number}`)),
  );
  const process = parts.get(`pid.${index}`);
  const pids = (process?.lines ?? []).filter((line) => /^[1-9]\d{0,9}$/.test(line)).map(Number);
  const [pid] = pids;
  if (process?.exitCode !== 0 || pid === undefined) {
    return { name: product.name, ...absence(product, process), health };
  }
  const heap = parseHeap(parts.get(`heap.${index}`)) ?? parseFallback(parts.get(`heapinfo.${index}`));
  const note = notes({ product, pids, heap, parts, index });
  return { name: product.name, running: true, pid, note, heap, health };
}

/** Not found is a fact only when nothing got in the way of looking. */
function absence(product: Product, process: ProbePart | undefined): Pick<ProductSample, 'running' | 'note'> {
  const hasLooked = process?.exitCode === 1 && process.lines.length === 0;
  return hasLooked
    ? { running: false, note: `no JVM with -Dcarbon.home=${product.home}` }
    : { note: `could not look for the JVM: ${describePart(process)}` };
}

interface NoteFacts {
  readonly product: Product;
  readonly pids: readonly number[];
  readonly heap: HeapSample | undefined;
  readonly parts: ProbeParts;
  readonly index: number;
}

function notes({ product, pids, heap, parts, index }: NoteFacts): string | undefined {
  const several = pids.length > 1 ? [`${pids.length} JVMs with -Dcarbon.home=${product.home}: ${pids.join(', ')}`] : [];
  const reason = describePart(parts.get(`heap.${index}`));
  const unread = heap ? [] : [`heap not readable as ${product.serviceUser}: ${reason}`];
  const words = [...several, ...unread].join('; ');
  return words === '' ? undefined : words;
}

function parseHeap(part: ProbePart | undefined): HeapSample | undefined {
  const file = part?.exitCode === 0 ? decode(part.lines) : undefined;
  const counters = file && parsePerfData(file);
  return counters && heapFromCounters(counters);
}

/** Base64 or `od -tx1`, of the file or of the gzipped file, as the host has the programs. */
function decode(lines: readonly string[]): Uint8Array | undefined {
  const text = lines.join('');
  const isHex = /^( [0-9a-f]{2})+$/.test(lines[0] ?? '');
  const bytes = isHex ? Buffer.from(text.replaceAll(' ', ''), 'hex') : Buffer.from(text, 'base64');
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return isGzip ? gunzipSync(bytes, { maxOutputLength: MAX_PERF_DATA_BYTES }) : bytes;
  } catch {
    return undefined;
  }
}

function parseFallback(part: ProbePart | undefined): HeapSample | undefined {
  return part?.exitCode === 0 ? parseHeapInfo(part.lines.join('\n')) : undefined;
}
