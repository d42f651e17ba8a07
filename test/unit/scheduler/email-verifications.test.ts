import { describe, expect, it } from 'vitest';
import { createEmailVerificationsJob } from '../../../src/scheduler/email-verifications.ts';
import { NOW } from '../../support/builders.ts';

describe('job email-verifications', () => {
  it('looks every ten minutes, and fails when something could not be looked at', async () => {
    const outcomes = [async () => {}, async () => Promise.reject(new Error('store is away'))];
    const job = createEmailVerificationsJob({ emails: { checkOpen: () => outcomes.shift()!() } });
    expect(job).toMatchObject({ name: 'email-verifications', schedule: '*/10 * * * *', missedSlots: 'run_latest' });
    await job.run(NOW);
    await expect(job.run(NOW)).rejects.toThrow('store is away');
  });
});
