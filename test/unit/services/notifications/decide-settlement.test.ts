import { describe, expect, it } from 'vitest';
import { decideSettlement } from '../../../../src/services/notifications/decide-settlement.ts';
import { DeliveryFailure } from '../../../../src/services/notifications/ports.ts';

describe('decideSettlement', () => {
  it('waits as long as Slack asks and pauses the lane, however often', () => {
    const failure = new DeliveryFailure('rate_limited', { code: 'ratelimited', retryAfterMs: 7_000 });
    expect(decideSettlement(failure, 500)).toMatchObject({ kind: 'retry', inMs: 7_000, pauseLane: true });
  });

  it('doubles the delay of temporary failures up to a minute', () => {
    const failure = new DeliveryFailure('temporary', { code: 'internal_error' });
    const delays = [1, 2, 3, 12].map((attempts) => decideSettlement(failure, attempts));
    expect(delays.map((settlement) => settlement.kind === 'retry' && settlement.inMs)).toEqual([
      500, 1_000, 2_000, 60_000,
    ]);
  });

  it('gives up after twenty attempts, and at once when waiting cannot help', () => {
    expect(decideSettlement(new DeliveryFailure('temporary', { code: 'x' }), 20).kind).toBe('failed');
    expect(decideSettlement(new DeliveryFailure('permanent', { code: 'message_not_found' }), 1).kind).toBe('failed');
    expect(decideSettlement(new Error('socket hang up'), 1).kind).toBe('retry');
  });

  it('goes on for a week, a try a minute, while Slack takes nothing at all', () => {
    const failure = new DeliveryFailure('temporary', { code: 'HTTP 503', isSlackAway: true });
    expect(decideSettlement(failure, 10_079)).toMatchObject({ kind: 'retry', inMs: 60_000, pauseLane: false });
    expect(decideSettlement(failure, 10_080).kind).toBe('failed');
  });
});
