import type { AuditLog, AuditVerification } from '../services/audit/ports.ts';
import type { Job } from './job.ts';

/** Tells people outside of the store where the audit chain stands; only then can they prove later that its end was cut off. */
export interface AuditHeadPublisher {
  /** @param found the head, or the first broken row: then somebody has to look at once. @param slot the day. */
  publish(found: AuditVerification, slot: Date): Promise<void>;
}

export interface AuditHeadJobDeps {
  readonly audit: Pick<AuditLog, 'verify'>;
  readonly publisher: AuditHeadPublisher;
}

/** Once a day: recomputes the chain and publishes its head. */
export function createAuditHeadJob({ audit, publisher }: AuditHeadJobDeps): Job {
  return {
    name: 'audit-head',
    schedule: '5 0 * * *',
    missedSlots: 'run_latest',
    run: async (slot) => publisher.publish(await audit.verify(), slot),
  };
}
