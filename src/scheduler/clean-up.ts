import type { Logger } from '../domain/logger.ts';
import type { Job } from './job.ts';

/** One kind of thing that is not kept for ever. */
interface CleanUp {
  /** For the log: `expired key-values`. */
  readonly what: string;
  /** Removes what is old. Resolves with how many. */
  run(): Promise<number>;
}

export interface CleanUpJobDeps {
  readonly cleanUps: readonly CleanUp[];
  readonly logger: Logger;
}

/** Once a day. One that fails does not keep the others from their work. */
export function createCleanUpJob({ cleanUps, logger }: CleanUpJobDeps): Job {
  return {
    name: 'clean-up',
    schedule: '17 3 * * *',
    missedSlots: 'run_latest',
    async run() {
      const failures: unknown[] = [];
      for (const { what, run } of cleanUps) {
        try {
          logger.info('Cleaned up', { what, removed: await run() });
        } catch (error) {
          logger.error('Clean-up failed', { what, error });
          failures.push(error);
        }
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} of ${cleanUps.length} clean-ups failed`);
      }
    },
  };
}
