import type { HeapSample } from '../../domain/host-report.ts';

const KIBIBYTE = 1024;

interface Area {
  readonly used: number;
  readonly max: number;
}

/** `jcmd PID GC.heap_info`, whose text differs with the collector. The reserved address range is the maximum. */
export function parseHeapInfo(text: string): HeapSample | undefined {
  return g1(text) ?? generational(text);
}

function g1(text: string): HeapSample | undefined {
  const heap = area(text, 'garbage-first heap');
  const youngKibibytes = /\d+ young \((\d+)K\)/.exec(text)?.[1];
  if (!heap || youngKibibytes === undefined) {
    return undefined;
  }
  const oldGenUsedBytes = Math.max(0, heap.used - Number(youngKibibytes) * KIBIBYTE);
  return { usedBytes: heap.used, maxBytes: heap.max, oldGenUsedBytes, oldGenMaxBytes: heap.max, collector: 'G1' };
}

function generational(text: string): HeapSample | undefined {
  const isParallel = text.includes('PSYoungGen');
  const young = area(text, isParallel ? 'PSYoungGen' : 'def new generation');
  const old = area(text, isParallel ? 'ParOldGen' : 'tenured generation');
  if (!young || !old) {
    return undefined;
  }
  return {
    usedBytes: young.used + old.used,
    maxBytes: young.max + old.max,
    oldGenUsedBytes: old.used,
    oldGenMaxBytes: old.max,
    collector: isParallel ? 'Parallel' : 'Serial',
  };
}

/** `NAME total 1K, used 1K [0xstart, …, 0xend)`. */
function area(text: string, name: string): Area | undefined {
  const pattern = new RegExp(`${name} +total \\d+K, used (\\d{1,12})K \\[(0x[0-9a-f]{1,13}),.*?(0x[0-9a-f]{1,13})\\)`);
  const [, used, start, end] = pattern.exec(text.replaceAll(/0x0+(?=[0-9a-f])/g, '0x')) ?? [];
  const max = Number(end) - Number(start);
  return used !== undefined && max > 0 ? { used: Number(used) * KIBIBYTE, max } : undefined;
}
