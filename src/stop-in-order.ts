import type { Logger } from './domain/logger.ts';

/** One that fails does not keep the next from stopping. @throws {AggregateError} when any failed. */
export async function stopInOrder(logger: Logger, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      logger.error('Not stopped well', { error });
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, `${failures.length} of ${steps.length} parts did not stop well`);
  }
}

/** Waits for work, but all in all no longer than `ms` from now. */
export function inTime(ms: number): (work: Promise<void>) => Promise<void> {
  const tooLate = new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());
  return (work) => Promise.race([work, tooLate]);
}
