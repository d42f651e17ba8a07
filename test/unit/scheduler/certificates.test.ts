import { describe, expect, it } from 'vitest';
import { createCertificatesJob } from '../../../src/scheduler/certificates.ts';
import { NOW } from '../../support/builders.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { aWorld } from '../../support/world.ts';

function setUp(broken?: string) {
  const checked: string[] = [];
  const logger = createRecordingLogger();
  const customers = aWorld().inventory.customers.map((customer) => ({
    ...customer,
    environments: customer.environments.map((environment) => ({
      ...environment,
      monitoring: customer.id === 'initech' ? undefined : ({} as never),
    })),
  }));
  const job = createCertificatesJob({
    inventory: () => ({ customers }),
    certificates: {
      async check({ customer, name }) {
        checked.push(`${customer}/${name}`);
        if (customer === broken) {
          throw new Error('store is away');
        }
      },
    },
    logger,
  });
  return { job, checked, logger };
}

describe('job certificates', () => {
  it('looks at watched production, once a day, and makes up what was missed', async () => {
    const { job, checked } = setUp();
    await job.run(NOW);
    expect(checked).toEqual(['acme/prod', 'globex/prod']);
    expect(job).toMatchObject({ name: 'certificates', schedule: '40 5 * * *', missedSlots: 'run_latest' });
  });

  it('looks at the others when one fails, and fails then', async () => {
    const { job, checked, logger } = setUp('acme');
    await expect(job.run(NOW)).rejects.toThrow('1 of 2 environments were not checked');
    expect(checked).toHaveLength(2);
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { customer: 'acme', environment: 'prod' } }]);
  });
});
