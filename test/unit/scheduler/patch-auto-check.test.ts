import { describe, expect, it } from 'vitest';
import { createPatchAutoCheckJob } from '../../../src/scheduler/patch-auto-check.ts';
import { NOW } from '../../support/builders.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld } from '../../support/world.ts';

function setUp(broken: readonly string[] = []) {
  const checked: string[] = [];
  const logger = createRecordingLogger();
  const job = createPatchAutoCheckJob({
    inventory: () => aWorld().inventory,
    watch: {
      check: async ({ id }, { name }, slot) => {
        checked.push(`${id}/${name} ${slot.toISOString()}`);
        if (broken.includes(id)) {
          throw new Error('store is away');
        }
      },
    },
    logger,
  });
  return { job, checked, logger };
}

describe('job patch-auto-check', () => {
  it('checks production alone, every 6 hours, and makes up what was missed', async () => {
    const { job, checked } = setUp();
    await job.run(NOW);
    const at = NOW.toISOString();
    expect(checked).toEqual([`acme/prod ${at}`, `globex/prod ${at}`, `initech/prod ${at}`]);
    expect(job).toMatchObject({ name: 'patch-auto-check', schedule: '40 */6 * * *', missedSlots: 'run_latest' });
  });

  it('checks the others when one fails, and fails then', async () => {
    const { job, checked, logger } = setUp(['acme']);
    await expect(job.run(NOW)).rejects.toThrow('1 of 3 environments were not checked');
    expect(checked).toHaveLength(3);
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { customer: 'acme', environment: 'prod' } }]);
  });
});
