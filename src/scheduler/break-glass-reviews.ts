import type { BreakGlass, BreakGlassService } from '../services/approvals/break-glass-service.ts';
import type { Job } from './job.ts';

/** Tells the operators of a customer which emergencies wait for their review. */
export interface ReviewReminder {
  /** @param open of one customer, oldest first, at least one. @param slot the day. */
  remind(customer: string, open: readonly BreakGlass[], slot: Date): Promise<void>;
}

export interface BreakGlassReviewsJobDeps {
  readonly breakGlass: Pick<BreakGlassService, 'unreviewed'>;
  readonly reminder: ReviewReminder;
}

/** Once a day, until somebody has closed each of them. */
export function createBreakGlassReviewsJob({ breakGlass, reminder }: BreakGlassReviewsJobDeps): Job {
  return {
    name: 'break-glass-reviews',
    schedule: '0 7 * * *',
    missedSlots: 'run_latest',
    async run(slot) {
      const open = await breakGlass.unreviewed();
      for (const [customer, its] of Map.groupBy(open, (one) => one.customer)) {
        await reminder.remind(customer, its, slot);
      }
    },
  };
}
