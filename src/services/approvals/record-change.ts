import type { Person } from '../../domain/actor.ts';
import type { AuditEvent } from '../audit/ports.ts';
import type { Approval, ApprovalStatus } from './approval.ts';

export type ApprovalAction = 'requested' | 'approved' | 'rejected' | 'voided' | 'expired' | 'withdrawn';

export interface Recorded {
  readonly action: ApprovalAction;
  readonly approval: Approval;
  /** `undefined`: msops itself, or the clock. */
  readonly by: Person | undefined;
  readonly before?: ApprovalStatus | undefined;
}

/** What the audit log keeps: who did it, and apart from that who asked, who voted and what exactly it was about. */
export function recordChange({ action, approval, by, before }: Recorded): AuditEvent {
  const { id, change, title, digest, status, requester, votes, breakGlassId, decision } = approval;
  return {
    actor: by?.id ?? 'msops',
    actorName: by?.name ?? 'msops',
    action: `change.${action}`,
    customer: approval.customer,
    environment: approval.environment,
    reason: action === 'requested' ? undefined : decision?.reason,
    ...(before === undefined ? {} : { before: { status: before } }),
    after: {
      approval: id,
      status,
      change,
      title,
      digest,
      requester: requester.id,
      approvers: votes.map(({ person }) => person.id),
      ...(breakGlassId === undefined ? {} : { breakGlass: breakGlassId }),
    },
    result: 'succeeded',
    requestId: id,
  };
}
