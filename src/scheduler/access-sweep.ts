import type { AccessService } from '../services/access/access-service.ts';
import type { Job } from './job.ts';

/** Every half minute: ends access that is over and that nobody ends. */
export function createAccessSweepJob({ access }: { access: Pick<AccessService, 'sweep'> }): Job {
  return {
    name: 'access-sweep',
    schedule: '*/30 * * * * *',
    missedSlots: 'skip',
    run: () => access.sweep(),
  };
}
