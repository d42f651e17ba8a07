import { describe, expect, it } from 'vitest';
import { createHostState } from '../../../../sandbox/hosts/host-state.ts';
import { jvmPerfData } from '../../../../sandbox/hosts/jvm.ts';
import { WORLD } from '../../../../sandbox/hosts/world.ts';

const PLAN = WORLD[0]!.environments[0]!.hosts[0]!;

describe('jvmPerfData', () => {
  it('starts with the prologue of format 2.0, little-endian and accessible', () => {
    const file = jvmPerfData(PLAN.product!, createHostState(PLAN).measure());
    expect(file.subarray(0, 8).toString('hex')).toBe('cafec0c001020001');
    expect(file.length).toBe(32_768);
  });

  it('holds the heap as the plan says, in the counters that a G1 JVM has', () => {
    const counters = readCounters(jvmPerfData(PLAN.product!, createHostState(PLAN).measure()));
    const used = Number(counters.get('sun.gc.generation.1.space.0.used'));
    const max = Number(counters.get('sun.gc.generation.1.maxCapacity'));
    expect(max).toBe(4096 * 1024 * 1024);
    expect(Math.abs((100 * used) / max - PLAN.product!.oldGenUsed)).toBeLessThan(3);
    expect(counters.get('sun.gc.policy.name')).toBe('GarbageFirst');
    expect(counters.get('sun.gc.generation.0.space.0.name')).toBe('eden');
  });
});

/** Written from HotSpot's `perfMemory.hpp`, apart from the encoder. */
function readCounters(file: Buffer): Map<string, bigint | string> {
  const counters = new Map<string, bigint | string>();
  let entry = file.readInt32LE(24);
  for (let left = file.readInt32LE(28); left > 0; left--) {
    const data = entry + file.readInt32LE(entry + 16);
    const name = textAt(file, entry + file.readInt32LE(entry + 4));
    const isNumber = file.readInt32LE(entry + 8) === 0;
    counters.set(name, isNumber ? file.readBigInt64LE(data) : textAt(file, data));
    entry += file.readInt32LE(entry);
  }
  return counters;
}

function textAt(file: Buffer, start: number): string {
  return file.toString('latin1', start, file.indexOf(0, start));
}
