import { type Actor, toPerson } from '../../domain/actor.ts';
import type { Approval } from './approval.ts';
import { isOverdue } from './judge-click.ts';
import type { Recorded } from './record-change.ts';

/** What becomes of an approval. Without `write` it stays as it is. */
export interface Ruling {
  readonly approval: Approval;
  readonly write?: Pick<Recorded, 'action' | 'by'> | undefined;
}

export function ruleExpire(approval: Approval, now: Date): Ruling {
  return isOverdue(approval, now) ? expired(approval) : { approval };
}

export interface Withdrawal {
  readonly by: Actor;
  readonly reason: string;
  readonly now: Date;
}

export function ruleWithdraw(approval: Approval, { by, reason, now }: Withdrawal): Ruling {
  if (approval.status !== 'pending' || isOverdue(approval, now)) {
    return ruleExpire(approval, now);
  }
  const person = toPerson(by);
  const decision = { by: person, at: now, reason };
  return { approval: { ...approval, status: 'withdrawn', decision }, write: { action: 'withdrawn', by: person } };
}

export function ruleVoid(approval: Approval, { reason, now }: { reason: string; now: Date }): Ruling {
  if (approval.status !== 'pending' && approval.status !== 'approved') {
    return { approval };
  }
  const voided: Approval = { ...approval, status: 'void', decision: { at: now, reason } };
  return { approval: voided, write: { action: 'voided', by: undefined } };
}

/** Its time was over then, whenever that is noticed. */
export function expired(approval: Approval): Ruling {
  const decision = { at: approval.expiresAt };
  return { approval: { ...approval, status: 'expired', decision }, write: { action: 'expired', by: undefined } };
}
