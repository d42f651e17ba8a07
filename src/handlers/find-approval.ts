import { covers } from '../domain/actor.ts';
import { looksLikeId } from '../domain/short-id.ts';
import type { Approval } from '../services/approvals/approval.ts';
import type { ActionContext } from './action-spec.ts';
import { reachOrDeny } from './reach-or-deny.ts';

/**
 * `undefined` when there is none, or none of a customer that is shown to them here.
 * @throws {DeniedError} when they may approve nothing here.
 */
export async function findApproval(
  id: string,
  asking: Pick<ActionContext, 'actor' | 'place' | 'services' | 'touch'>,
): Promise<Approval | undefined> {
  const customers = reachOrDeny('change.approve', asking);
  const approval = looksLikeId(id) ? await asking.services.approvals.find(id) : undefined;
  if (approval === undefined || !covers(customers, approval.customer)) {
    return undefined;
  }
  asking.touch({ customer: approval.customer, environment: approval.environment });
  return approval;
}
