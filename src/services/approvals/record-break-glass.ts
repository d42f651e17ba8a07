import type { Person } from '../../domain/actor.ts';
import type { AuditEvent } from '../audit/ports.ts';
import type { BreakGlass } from './break-glass-service.ts';

export interface RecordedBreakGlass {
  readonly action: 'opened' | 'used' | 'reviewed';
  readonly breakGlass: BreakGlass;
  readonly by: Person;
  /** That it answered just now. */
  readonly approvalId?: string | undefined;
}

/** What the audit log keeps. Who used it is there apart from who reviewed it. */
export function recordBreakGlass({ action, breakGlass, by, approvalId }: RecordedBreakGlass): AuditEvent {
  const { id, customer, environment, person, reason, until, reviewDueAt, review } = breakGlass;
  return {
    actor: by.id,
    actorName: by.name,
    action: `break_glass.${action}`,
    customer,
    environment,
    reason: action === 'reviewed' ? review?.note : reason,
    after: {
      breakGlass: id,
      person: person.id,
      until: until.toISOString(),
      reviewDueAt: reviewDueAt.toISOString(),
      ...(approvalId === undefined ? {} : { approval: approvalId }),
    },
    result: 'succeeded',
    requestId: id,
  };
}
