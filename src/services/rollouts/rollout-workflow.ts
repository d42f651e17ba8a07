import { withPatientSteps } from '../../domain/patience.ts';
import type { WorkflowContext, WorkflowDefinition } from '../../domain/workflow-engine.ts';
import { askAgain } from './ask-again.ts';
import { awaitApproval } from './await-approval.ts';
import { awaitStart } from './await-start.ts';
import { endRollout } from './end-rollout.ts';
import { ROLLOUT_WORKFLOW, type RolloutDeps } from './rollout-deps.ts';
import { runWaves } from './run-waves.ts';

export interface RolloutWorkflowInput {
  readonly rolloutId: string;
}

/** How a rollout came to its end; a line for people. */
export interface RolloutEnd {
  readonly state: 'succeeded' | 'failed' | 'aborted' | 'rejected' | 'expired';
  readonly note?: string | undefined;
}

/** What the chapters of a rollout work with. */
export interface RolloutScope {
  readonly id: string;
  readonly context: WorkflowContext;
  readonly deps: RolloutDeps;
}

/** Approval, its time, the lock, the plan made again, the waves. It waits for weeks if it must, and survives every crash. */
export function createRolloutWorkflow(deps: RolloutDeps): WorkflowDefinition<RolloutWorkflowInput> {
  return {
    name: ROLLOUT_WORKFLOW,
    async run({ rolloutId: id }, context) {
      const scope: RolloutScope = { id, context: withPatientSteps(context, deps), deps };
      const end = await lead(scope).catch((error: unknown): RolloutEnd => {
        deps.logger.error('Rollout failed', { rollout: id, error });
        return { state: 'failed', note: `it stopped inside msops; its log has the cause, under ${id}` };
      });
      await scope.context.step('end', () => endRollout(id, end, deps));
    },
  };
}

async function lead(scope: RolloutScope): Promise<RolloutEnd> {
  for (;;) {
    const answered = await awaitApproval(scope);
    if (answered.kind === 'ended') {
      return answered.end;
    }
    const refused = await awaitStart(scope);
    if (refused !== undefined) {
      return refused;
    }
    const plan = await askAgain(scope, answered.approvalId);
    if (plan.kind === 'as_approved') {
      return runWaves(scope);
    }
    if (plan.kind === 'ended') {
      return plan.end;
    }
  }
}
