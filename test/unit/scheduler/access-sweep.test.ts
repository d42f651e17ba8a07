import cron from 'node-cron';
import { expect, it } from 'vitest';
import { createAccessSweepJob } from '../../../src/scheduler/access-sweep.ts';

it('ends what is over every half minute, and makes up nothing', async () => {
  const sweeps: string[] = [];
  const job = createAccessSweepJob({ access: { sweep: async () => void sweeps.push('swept') } });
  expect(cron.validate(job.schedule)).toBe(true);
  expect(job).toMatchObject({ schedule: '*/30 * * * * *', missedSlots: 'skip' });
  await job.run(new Date());
  expect(sweeps).toEqual(['swept']);
});
