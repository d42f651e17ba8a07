import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapFromCounters } from '../../../../src/services/hosts/heap-from-counters.ts';
import { parseHeapInfo } from '../../../../src/services/hosts/parse-heap-info.ts';
import { parsePerfData } from '../../../../src/services/hosts/parse-perf-data.ts';

const KIBIBYTE = 1024;
const MAX_HEAP = 256 * KIBIBYTE * KIBIBYTE;

/** Files of JDK 17 with -Xmx256m, and what `jstat -gc` and `-gccapacity` said of them. KiB. */
const JVMS = [
  { collector: 'G1', fixture: 'g1', old: 195_899.0, young: 2048 + 3072, oldMax: 262_144 },
  { collector: 'Parallel', fixture: 'parallel', old: 153_844.6, young: 2929.9 + 14_453.8, oldMax: 175_104 },
  { collector: 'Serial', fixture: 'serial', old: 124_483.8, young: 6445.8 + 1438.3, oldMax: 174_784 },
] as const;

describe('parsePerfData', () => {
  it.each(JVMS)(
    'reads the heap of a $collector JVM as jstat shows it',
    ({ fixture, collector, old, young, oldMax }) => {
      const heap = heapFromCounters(parsePerfData(perfData(fixture))!)!;

      expect(heap.collector).toBe(collector);
      expect(heap.oldGenUsedBytes / KIBIBYTE).toBeCloseTo(old, 0);
      expect(heap.usedBytes / KIBIBYTE).toBeCloseTo(old + young, 0);
      expect(heap.oldGenMaxBytes / KIBIBYTE).toBe(oldMax);
      expect(heap.maxBytes).toBe(MAX_HEAP);
    },
  );

  it('reads texts as well', () => {
    const counters = parsePerfData(perfData('g1'));
    expect(counters?.get('sun.gc.collector.0.name')).toBe('G1 young collection pauses');
    expect(counters?.get('java.property.java.version')).toMatch(/^17\./);
  });

  it('refuses what is no such file', () => {
    expect(parsePerfData(new Uint8Array())).toBeUndefined();
    expect(parsePerfData(Buffer.from('cat: no such file, but longer than a prologue'))).toBeUndefined();
  });

  it('never throws and never invents a heap, wherever the file is cut or damaged', () => {
    const file = perfData('parallel');
    const whole = heapFromCounters(parsePerfData(file)!)!;
    const damage = fc.record({ length: fc.nat(file.length), at: fc.nat(file.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(damage, ({ length }) => {
        const counters = parsePerfData(file.subarray(0, length));
        const heap = counters && heapFromCounters(counters);
        expect(heap === undefined || heap.oldGenUsedBytes === whole.oldGenUsedBytes).toBe(true);
      }),
    );
    fc.assert(
      fc.property(damage, ({ at, byte }) => {
        const damaged = Uint8Array.from(file);
        damaged[at] = byte;
        const counters = parsePerfData(damaged);
        const heap = counters && heapFromCounters(counters);
        expect(heap === undefined || heap.oldGenMaxBytes > 0).toBe(true);
      }),
    );
  });
});

describe('parseHeapInfo', () => {
  it.each(JVMS)('reads the heap of a $collector JVM', ({ fixture, collector, oldMax }) => {
    const heap = parseHeapInfo(readFileSync(fixtureFile(`${fixture}.heapinfo.txt`), 'utf8'))!;
    expect(heap.collector).toBe(collector);
    expect(heap.maxBytes).toBe(MAX_HEAP);
    expect(heap.oldGenMaxBytes).toBe(oldMax * KIBIBYTE);
    expect(heap.oldGenUsedBytes).toBeGreaterThan(0);
    expect(heap.oldGenUsedBytes).toBeLessThanOrEqual(heap.usedBytes);
  });

  it('knows nothing of a text that it does not know', () => {
    expect(parseHeapInfo('ZHeap used 12M, capacity 64M')).toBeUndefined();
  });
});

function perfData(name: string): Buffer {
  return gunzipSync(readFileSync(fixtureFile(`${name}.hsperfdata.gz`)));
}

function fixtureFile(name: string): URL {
  return new URL(`./fixtures/${name}`, import.meta.url);
}
