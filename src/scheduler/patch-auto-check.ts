import type { Inventory } from '../domain/inventory.ts';
import type { Logger } from '../domain/logger.ts';
import type { AutoWatchService } from '../services/patching/auto-watch-service.ts';
import type { Job } from './job.ts';

export interface PatchAutoCheckDeps {
  /** Asked at each run, since it can be reloaded. */
  inventory(): Inventory;
  readonly watch: AutoWatchService;
  readonly logger: Logger;
}

/** Four times a day: do the hosts of production still install security updates by themselves? */
export function createPatchAutoCheckJob({ inventory, watch, logger }: PatchAutoCheckDeps): Job {
  return {
    name: 'patch-auto-check',
    schedule: '40 */6 * * *',
    missedSlots: 'run_latest',
    async run(slot) {
      const all = inventory().customers.flatMap((customer) =>
        customer.environments.filter(({ production }) => production).map((environment) => ({ customer, environment })),
      );
      const failures: unknown[] = [];
      // One after the other: nobody waits for it, and the hosts have other work.
      for (const { customer, environment } of all) {
        try {
          await watch.check(customer, environment, slot);
        } catch (error) {
          logger.error('Automatic updates not checked', {
            ...{ customer: customer.id, environment: environment.name, error },
          });
          failures.push(error);
        }
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} of ${all.length} environments were not checked`);
      }
    },
  };
}
