import { describe, expect, it } from 'vitest';
import { createCleanUpJob } from '../../../src/scheduler/clean-up.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

const SLOT = new Date('2026-03-04T03:17:00Z');

describe('createCleanUpJob', () => {
  it('says how much of what it removed', async () => {
    const logger = createRecordingLogger();

    await createCleanUpJob({ cleanUps: [{ what: 'old rows', run: async () => 7 }], logger }).run(SLOT);

    expect(logger.lines).toEqual([{ level: 'info', message: 'Cleaned up', fields: { what: 'old rows', removed: 7 } }]);
  });

  it('goes on after one that fails, and fails at the end', async () => {
    const done: string[] = [];
    const broken = { what: 'broken', run: () => Promise.reject(new Error('lock timeout')) };
    const fine = { what: 'fine', run: async () => done.push('fine') };
    const job = createCleanUpJob({ cleanUps: [broken, fine], logger: createRecordingLogger() });

    await expect(job.run(SLOT)).rejects.toThrow('1 of 2 clean-ups failed');

    expect(done).toEqual(['fine']);
  });
});
