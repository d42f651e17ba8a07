import { DeniedError } from '../domain/errors.ts';
import type { VoteOutcome } from '../services/approvals/approval-service.ts';
import { rolloutOfWorkflow } from '../services/rollouts/rollout-deps.ts';
import { approvalOutcomeView } from '../views/approval-outcome-view.ts';
import type { ActionContext } from './action-spec.ts';
import { publishHome } from './events/home-opened.ts';

/**
 * Tells whoever clicked what became of it. The service has written down what counts, and has the card drawn again.
 * @throws {DeniedError} when they may not, so that the audit log says so too.
 */
export async function sayOutcome(
  outcome: VoteOutcome,
  wish: 'approve' | 'reject',
  context: Omit<ActionContext, 'openModal'>,
): Promise<void> {
  const { answer, clock, services, touch } = context;
  if (outcome.kind === 'refused') {
    throw new DeniedError(outcome.reason);
  }
  const approval = 'approval' in outcome ? outcome.approval : undefined;
  if (outcome.kind !== 'counted' && outcome.kind !== 'decided') {
    touch({ action: `approval.${wish}_${outcome.kind}` });
  }
  const customer = approval && services.inventory.findCustomer(approval.customer);
  await answer.whisper(approvalOutcomeView(outcome, { wish, now: clock.now(), customerName: customer?.name }));
  await drawAgain(outcome, context);
}

/** A card that still offers what was decided is an old one. */
async function drawAgain(outcome: VoteOutcome, context: Omit<ActionContext, 'openModal'>): Promise<void> {
  const { actor, userId, place, services, deps } = context;
  const rolloutId = outcome.kind === 'late' ? rolloutOfWorkflow(outcome.approval.workflowId) : undefined;
  if (rolloutId !== undefined) {
    await services.rollouts.redraw(rolloutId);
  }
  if (place.kind === 'home') {
    await publishHome(actor, userId, deps);
  }
}
