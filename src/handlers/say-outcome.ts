import { DeniedError } from '../domain/errors.ts';
import type { VoteOutcome } from '../services/approvals/approval-service.ts';
import { approvalOutcomeView } from '../views/approval-outcome-view.ts';
import type { ActionContext } from './action-spec.ts';
import { publishHome } from './events/home-opened.ts';

/**
 * Tells whoever clicked what became of it. The service has written down what counts, and has had the card drawn again,
 * that of somebody who was late too.
 * @throws {DeniedError} when they may not, so that the audit log says so too.
 */
export async function sayOutcome(
  outcome: VoteOutcome,
  wish: 'approve' | 'reject',
  context: Omit<ActionContext, 'openModal'>,
): Promise<void> {
  const { actor, userId, place, answer, clock, services, touch, deps } = context;
  if (outcome.kind === 'refused') {
    throw new DeniedError(outcome.reason);
  }
  const approval = 'approval' in outcome ? outcome.approval : undefined;
  if (outcome.kind !== 'counted' && outcome.kind !== 'decided') {
    touch({ action: `approval.${wish}_${outcome.kind}` });
  }
  const customer = approval && services.inventory.findCustomer(approval.customer);
  await answer.whisper(approvalOutcomeView(outcome, { wish, now: clock.now(), customerName: customer?.name }));
  if (place.kind === 'home') {
    await publishHome(actor, userId, deps);
  }
}
