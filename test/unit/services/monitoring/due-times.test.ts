import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAfter, type Schedule, takeTurn, type Watched } from '../../../../src/services/monitoring/due-times.ts';

const START = Date.parse('2026-03-01T03:00:00Z');
const hosts = (count: number, everyMs = 60_000): readonly Watched[] =>
  Array.from({ length: count }, (_, index) => ({ key: `acme/prod/host-${index}`, everyMs }));
const aHost = fc.record({ key: fc.string({ minLength: 1 }), everyMs: fc.integer({ min: 10_000, max: 900_000 }) });
const aMoment = fc.integer({ min: START, max: START + 1e9 });

/** Asks at each of the moments, and tells when each host was due. */
function run(watched: readonly Watched[], moments: readonly number[]) {
  const turns = new Map<string, number[]>(watched.map(({ key }) => [key, []]));
  let schedule: Schedule = new Map();
  for (const now of moments) {
    const turn = takeTurn(schedule, watched, now);
    schedule = turn.schedule;
    turn.due.forEach((key) => void turns.get(key)?.push(now));
  }
  return turns;
}
const everySecond = (seconds: number) => Array.from({ length: seconds }, (_, second) => START + second * 1000);

describe('dueAfter', () => {
  it('is within one interval, and exactly one interval after the turn before', () => {
    fc.assert(
      fc.property(aHost, aMoment, (host, moment) => {
        const first = dueAfter(host, moment);
        expect(first).toBeGreaterThan(moment);
        expect(first).toBeLessThanOrEqual(moment + host.everyMs);
        expect(dueAfter(host, first)).toBe(first + host.everyMs);
      }),
    );
  });
});

describe('takeTurn', () => {
  it('has every host checked once in each interval, the first one too', () => {
    for (const moments of run(hosts(50), everySecond(181)).values()) {
      expect(moments).toHaveLength(3);
      expect(moments[0]).toBeLessThanOrEqual(START + 61_000);
    }
  });

  it('spreads hosts over the interval, though their names are alike', () => {
    const firsts = [...run(hosts(600), everySecond(61)).values()].map(([first]) => first ?? 0);
    const tenths = Array.from({ length: 6 }, (_, part) => START + part * 10_000);
    for (const from of tenths) {
      const count = firsts.filter((at) => at > from && at <= from + 10_000).length;
      expect(count).toBeGreaterThan(60);
      expect(count).toBeLessThan(140);
    }
  });

  it('does not make up what it was too late for', () => {
    fc.assert(
      fc.property(aHost, fc.integer({ min: 1, max: 100 }), (host, intervals) => {
        const late = START + intervals * host.everyMs;
        expect(run([host], [START, late, late + 1]).get(host.key)?.length).toBeLessThanOrEqual(2);
        expect(takeTurn(takeTurn(new Map(), [host], START).schedule, [host], late).due).toEqual([host.key]);
      }),
    );
  });

  it('is never more than an interval ahead, whatever the clock does', () => {
    fc.assert(
      fc.property(aHost, fc.array(aMoment, { minLength: 1 }), (host, moments) => {
        let schedule: Schedule = new Map();
        for (const now of moments) {
          const turn = takeTurn(schedule, [host], now);
          schedule = turn.schedule;
          expect(turn.nextAt).toBeGreaterThan(now);
          expect(turn.nextAt).toBeLessThanOrEqual(now + host.everyMs);
        }
      }),
    );
  });

  it('forgets a host that is gone, and takes a shorter interval at once', () => {
    const { schedule } = takeTurn(new Map(), hosts(1, 900_000), START);
    expect(takeTurn(schedule, hosts(1, 10_000), START).nextAt).toBeLessThanOrEqual(START + 10_000);
    expect(takeTurn(schedule, [], START)).toEqual({ due: [], schedule: new Map(), nextAt: undefined });
  });
});
