import { describe, expect, it } from 'vitest';
import { decideSettlement } from '../../../../src/services/deliveries/decide-settlement.ts';
import { aDelay, aRefusal, SENT } from './delivery-builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const attempt = (overrides: Partial<Parameters<typeof decideSettlement>[1]> = {}) => ({
  ...{ number: 1, lateMs: 0, isLastWay: false, chance: 0 },
  ...overrides,
});

describe('decideSettlement', () => {
  it('is done with what was sent, and with what was refused', () => {
    expect(decideSettlement(SENT, attempt())).toEqual({ kind: 'sent', result: SENT });
    expect(decideSettlement(aRefusal(), attempt())).toEqual({ kind: 'refused', result: aRefusal() });
  });

  it.each([
    [1, 0, 1],
    [2, MINUTE, 2],
    [3, 3 * MINUTE, 5],
    [4, 12 * MINUTE, 10],
    [5, 25 * MINUTE, 15],
    [40, 10 * HOUR, 15],
  ])('tries again after try %i, %i ms late, in %i min', (number, lateMs, minutes) => {
    const settlement = decideSettlement(aDelay(), attempt({ number, lateMs }));
    expect(settlement).toEqual({ kind: 'again', inMs: minutes * MINUTE, result: aDelay() });
  });

  it('adds a bit of chance, so that not everything comes at once', () => {
    const inMs = [0, 0.5, 1].map((chance) => decideSettlement(aDelay(), attempt({ number: 9, lateMs: HOUR, chance })));
    expect(inMs).toMatchObject([{ inMs: 15 * MINUTE }, { inMs: 15.75 * MINUTE }, { inMs: 16.5 * MINUTE }]);
  });

  it('waits no longer than until people have to hear of it', () => {
    expect(decideSettlement(aDelay(), attempt({ number: 4, lateMs: 8 * MINUTE }))).toMatchObject({ inMs: 2 * MINUTE });
    expect(decideSettlement(aDelay(), attempt({ number: 4, lateMs: 9.9 * MINUTE }))).toMatchObject({ inMs: MINUTE });
  });

  it('gives up after 24 hours', () => {
    expect(decideSettlement(aDelay(), attempt({ number: 99, lateMs: 24 * HOUR - 1 })).kind).toBe('again');
    expect(decideSettlement(aDelay(), attempt({ number: 99, lateMs: 24 * HOUR })).kind).toBe('refused');
  });

  it('tries an alert that reached nobody every 5 minutes though it was refused, for a week', () => {
    const lastWay = (lateMs: number) => decideSettlement(aRefusal(), attempt({ number: 300, lateMs, isLastWay: true }));
    expect(lastWay(25 * HOUR)).toEqual({ kind: 'again', inMs: 5 * MINUTE, result: aRefusal() });
    expect(lastWay(7 * 24 * HOUR)).toEqual({ kind: 'refused', result: aRefusal() });
    expect(decideSettlement(aDelay(), attempt({ number: 300, lateMs: 25 * HOUR, isLastWay: true })).kind).toBe('again');
  });
});
