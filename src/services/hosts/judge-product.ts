import type { Finding, HealthSample, HeapSample, ProductSample } from '../../domain/host-report.ts';
import type { Thresholds } from '../../domain/inventory.ts';
import { judgeNumber } from './judge-number.ts';

/** A product that is not running is one finding: that its ports refuse follows from it. */
export function judgeProduct(product: ProductSample, thresholds: Thresholds): readonly Finding[] {
  const { name, running, note, heap, health } = product;
  if (running === false) {
    return [{ level: 'critical', text: `${name} is not running${note ? `: ${note}` : ''}` }];
  }
  const unread = heap ? [] : [unknown(`${name}: ${note ?? 'heap not read'}`)];
  const several = heap && note ? [unknown(`${name}: ${note}`)] : [];
  const judgedHeap = heap ? judgeHeap(name, heap, thresholds) : [];
  return [...judgedHeap, ...health.flatMap((sample) => judgeHealth(name, sample)), ...unread, ...several];
}

function judgeHeap(name: string, heap: HeapSample, { oldGenUsed }: Thresholds): readonly Finding[] {
  const usedPercent = (100 * heap.oldGenUsedBytes) / heap.oldGenMaxBytes;
  const words = (value: number): string => `${name}: old generation ${Math.floor(value)} % used`;
  return judgeNumber(usedPercent, oldGenUsed, { words, unit: ' %' });
}

function judgeHealth(product: string, { name, healthy, detail, owner }: HealthSample): readonly Finding[] {
  if (healthy === true) {
    return [];
  }
  const what = `health check ${name} ${healthy === false ? 'failed' : 'unknown'}: ${detail}`;
  const level = healthy === false ? 'critical' : 'unknown';
  return owner === undefined
    ? [{ level, text: `${product}: ${what}` }]
    : [{ level, text: `${product}, a service of the customer's own: ${what}`, owner }];
}

function unknown(text: string): Finding {
  return { level: 'unknown', text };
}
