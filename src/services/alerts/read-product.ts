import type { HealthSample, ProductSample } from '../../domain/host-report.ts';
import type { Host } from '../../domain/inventory.ts';
import { measure } from './measure.ts';
import { readServices } from './read-services.ts';
import type { Reading } from './reading.ts';

const HEAP_MARGIN = 10;

/** One that does not run has no heap to read: what was known of it stays. */
export function readProduct(product: ProductSample, host: Host): readonly Reading[] {
  const application = { host: host.name, signal: 'application', subject: product.name, isClear: false } as const;
  const { running, note, name } = product;
  if (running === false) {
    const text = `${name} is not running${note === undefined ? '' : `: ${note}`}`;
    return [{ ...application, level: 'critical', text }];
  }
  return [{ ...application, ...judge(product) }, readHeap(product, host), ...readServices(product, host.name)];
}

/** The worst of what its process and its health checks say. */
function judge(product: ProductSample): Pick<Reading, 'level' | 'isClear' | 'text'> {
  const { name, running, note, heap } = product;
  const health = product.health.filter(({ owner }) => owner === undefined);
  const failed = health.filter(({ healthy }) => healthy === false);
  if (failed.length > 0) {
    const text = `${name}: health check ${failed.map(inWords).join(', ')} failed`;
    return { level: 'critical', isClear: false, text };
  }
  const open = [
    ...(running === undefined ? [note ?? 'whether it runs could not be found out'] : []),
    ...(running && heap !== undefined && note !== undefined ? [note] : []),
    ...health.filter(({ healthy }) => healthy === undefined).map((check) => `health check ${inWords(check)} unknown`),
  ];
  return open.length > 0
    ? { level: 'unknown', isClear: false, text: `${name}: ${open.join(', ')}` }
    : { level: 'ok', isClear: true, text: `${name} is healthy` };
}

function inWords({ name, detail }: HealthSample): string {
  return detail === '' ? name : `${name} (${detail})`;
}

function readHeap({ name, heap, note }: ProductSample, { name: host, thresholds }: Host): Reading {
  return measure({
    ...{ host, signal: 'heap', subject: name, threshold: thresholds.oldGenUsed, clearMargin: HEAP_MARGIN, unit: ' %' },
    value: heap && (100 * heap.oldGenUsedBytes) / heap.oldGenMaxBytes,
    words: (value) => `${name}: old generation ${Math.floor(value)} % used`,
    unknown: `${name}: ${(heap === undefined ? note : undefined) ?? 'heap not read'}`,
  });
}
