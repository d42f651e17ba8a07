import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../../../src/services/alerts/advance.ts';
import type { Alert } from '../../../../src/services/alerts/alert.ts';
import type { Reading } from '../../../../src/services/alerts/reading.ts';
import { NOW } from '../../../support/builders.ts';
import { HOLD, HOLDS, MINUTE, SECOND } from './alert-world.ts';

type Kind = 'clear' | 'between' | 'warning' | 'critical' | 'unknown';

function aReading(kind: Kind, overrides: Partial<Reading> = {}): Reading {
  const level = kind === 'clear' || kind === 'between' ? 'ok' : kind;
  const thing = { host: 'apim-1', signal: 'disk', subject: '/' } as const;
  return { ...thing, level, isClear: kind === 'clear', text: kind, ...overrides };
}

const at = (ms: number): Date => new Date(NOW.getTime() + ms);

function round(alerts: readonly Alert[], readings: readonly Reading[], ms: number): readonly Alert[] {
  return advance(alerts, { readings, now: at(ms), holds: HOLDS, maxGapMs: 3 * MINUTE });
}

/** One reading a minute, from 0 on. After each: what there is. */
function play(kinds: readonly Kind[], stepMs = MINUTE): readonly (Alert | undefined)[] {
  let alerts: readonly Alert[] = [];
  return kinds.map((kind, index) => {
    alerts = round(alerts, [aReading(kind)], index * stepMs);
    return alerts[0];
  });
}

const inWords = (alerts: readonly (Alert | undefined)[]): readonly string[] =>
  alerts.map((alert) => (alert === undefined ? '-' : `${alert.state} ${alert.severity}`));
const times = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

const kinds = fc.constantFrom<Kind>('clear', 'between', 'warning', 'critical', 'unknown');
const histories = fc.array(kinds, { minLength: 1, maxLength: 40 });
const steps = fc.integer({ min: SECOND, max: 3 * MINUTE });

describe('advance', () => {
  it('fires when the hold of the severity has passed', () => {
    expect(inWords(play(times(6, 'warning')))).toEqual([...times(5, 'pending warning'), 'firing warning']);
    expect(inWords(play(times(3, 'critical')))).toEqual([...times(2, 'pending critical'), 'firing critical']);
    expect(inWords(play(times(6, 'unknown')))).toEqual([...times(5, 'pending unknown'), 'firing unknown']);
  });

  it('holds as long as the host says, for what it says something of', () => {
    const own = { name: 'apim-1', holds: { disk: { warningMs: 0, criticalMs: 0, clearMs: 0 } } };
    const first = (reading: Reading) =>
      advance([], { readings: [reading], now: NOW, holds: HOLDS, hosts: [own], maxGapMs: MINUTE })[0]?.state;
    expect(first(aReading('warning'))).toBe('firing');
    expect(first(aReading('warning', { host: 'mi-1' }))).toBe('pending');
    expect(first(aReading('warning', { signal: 'inodes' }))).toBe('pending');
  });

  it('keeps what fires while it rises, and calls it critical when that has held', () => {
    const told = play([...times(6, 'warning' as Kind), 'critical', 'critical', 'critical']);
    expect(inWords(told.slice(5))).toEqual(['firing warning', 'firing warning', 'firing warning', 'firing critical']);
    expect(told.at(-1)?.firedAt).toEqual(at(5 * MINUTE));
  });

  it('fires as a warning when it became critical just before', () => {
    expect(inWords(play([...times(5, 'warning' as Kind), 'critical'])).at(-1)).toBe('firing warning');
  });

  it('calls it less only after it has been less for as long as an end would need', () => {
    const falling = play([...times(3, 'critical' as Kind), 'warning', 'critical', 'warning', 'warning']);
    expect(inWords(falling.slice(3))).toEqual([...times(3, 'firing critical'), 'firing warning']);
  });

  it('stays between the level at which it begins and the one at which it ends', () => {
    expect(inWords(play([...times(6, 'warning' as Kind), ...times(30, 'between' as Kind)])).at(-1)).toBe(
      'firing warning',
    );
  });

  it('ends when it was clear for long enough, and goes on as the same one when it was not', () => {
    const played = play([...times(3, 'critical' as Kind), 'clear', 'critical', 'clear', 'clear']);
    expect(inWords(played.slice(3))).toEqual(['clearing critical', 'firing critical', 'clearing critical', '-']);
    expect(played[4]?.firedAt).toEqual(at(2 * MINUTE));
  });

  it('does not end by what could not be read', () => {
    expect(inWords(play([...times(3, 'critical' as Kind), ...times(30, 'unknown' as Kind)])).at(-1)).toBe(
      'firing critical',
    );
  });

  it('leaves alone what was not read', () => {
    const alerts = round([], [aReading('warning')], 0);
    expect(round(alerts, [aReading('critical', { host: 'apim-2' })], MINUTE)).toContainEqual(alerts[0]);
  });

  it('gains nothing by time in which nobody looked', () => {
    const before = round([], [aReading('critical')], 0);
    const after = round(before, [aReading('critical')], 60 * MINUTE);
    expect(inWords(after)).toEqual(['pending critical']);
    expect(inWords(round(after, [aReading('critical')], 62 * MINUTE))).toEqual(['firing critical']);
  });

  it('never fires before the hold', () => {
    const isBad = (kind: Kind): boolean => kind !== 'clear' && kind !== 'between';
    fc.assert(
      fc.property(histories, steps, (history, stepMs) => {
        play(history, stepMs).forEach((alert, index, all) => {
          if (alert?.state === 'firing' && (all[index - 1]?.state ?? 'pending') === 'pending') {
            const readings = history.slice(0, index + 1);
            const lastWell = readings.findLastIndex((kind) => !isBad(kind));
            const lastUncritical = readings.findLastIndex((kind) => kind !== 'critical');
            const hasHeld = (index - lastWell - 1) * stepMs >= HOLD.warningMs;
            const isHeldCritical = (index - lastUncritical - 1) * stepMs >= HOLD.criticalMs;
            expect(alert.severity === 'critical' ? isHeldCritical : hasHeld).toBe(true);
          }
        });
      }),
    );
  });

  it('never ends before it was clear for long enough', () => {
    fc.assert(
      fc.property(histories, steps, (history, stepMs) => {
        play(history, stepMs).forEach((alert, index, all) => {
          const before = all[index - 1];
          if (alert === undefined && before !== undefined && before.state !== 'pending') {
            const lastUnclear = history.slice(0, index + 1).findLastIndex((kind) => kind !== 'clear');
            expect((index - lastUnclear - 1) * stepMs).toBeGreaterThanOrEqual(HOLD.clearMs);
          }
        });
      }),
    );
  });

  it('fires always in the end, and ends always in the end', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const played = play([...history, ...times(10, 'critical' as Kind), ...times(4, 'clear' as Kind)]);
        expect(inWords(played)[history.length + 9]).toBe('firing critical');
        expect(inWords(played).at(-1)).toBe('-');
      }),
    );
  });

  it('does not mind in which order things were read', () => {
    const rounds = fc.array(
      fc.uniqueArray(
        fc.record({ host: fc.constantFrom('a', 'b', 'c'), subject: fc.constantFrom('/', '/var'), kind: kinds }),
        {
          selector: ({ host, subject }) => `${host}${subject}`,
        },
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rounds, (all) => {
        const run = (isReversed: boolean): readonly Alert[] =>
          all.reduce<readonly Alert[]>((alerts, things, index) => {
            const readings = things.map(({ kind, host, subject }) => aReading(kind, { host, subject }));
            return round(alerts, isReversed ? readings.toReversed() : readings, index * MINUTE);
          }, []);
        expect(run(true)).toEqual(run(false));
      }),
    );
  });

  it('changes nothing by the same readings again', () => {
    fc.assert(
      fc.property(histories, steps, (history, stepMs) => {
        let alerts: readonly Alert[] = [];
        history.forEach((kind, index) => {
          alerts = round(alerts, [aReading(kind)], index * stepMs);
          expect(round(alerts, [aReading(kind)], index * stepMs)).toEqual(alerts);
        });
      }),
    );
  });
});
