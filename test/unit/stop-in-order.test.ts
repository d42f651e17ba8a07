import { describe, expect, it } from 'vitest';
import { inTime, stopInOrder } from '../../src/stop-in-order.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';

describe('stopInOrder', () => {
  it('stops what comes after a part that fails, and says at the end that one did', async () => {
    const stopped: string[] = [];
    const logger = createRecordingLogger();
    const stopping = stopInOrder(logger, [
      async () => stopped.push('first'),
      async () => Promise.reject(new Error('stuck')),
      async () => stopped.push('last'),
    ]);

    await expect(stopping).rejects.toThrow('1 of 3 parts did not stop well');
    expect(stopped).toEqual(['first', 'last']);
    expect(logger.lines).toMatchObject([{ level: 'error', message: 'Not stopped well' }]);
  });
});

describe('inTime', () => {
  it('waits for work, but for all of it no longer than its time', { timeout: 5_000 }, async () => {
    const drained = inTime(50);
    const never = new Promise<void>(() => undefined);

    await drained(Promise.resolve());
    await drained(never);
    await drained(never);
  });
});
