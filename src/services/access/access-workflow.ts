import type { WorkflowDefinition } from '../../domain/workflow-engine.ts';
import { ACCESS_TOPIC, ACCESS_WORKFLOW, type AccessDeps } from './access-deps.ts';
import { takeTurn } from './take-turn.ts';
import { type Next, waitFor } from './turn.ts';

export interface AccessWorkflowInput {
  readonly grantId: string;
}

const AFTER_FAILURE_MS = 30_000;

/**
 * Waits for the decision, opens, watches over it and ends it. What is due is read from the store each time, so it can be
 * killed anywhere; and it ends with the grant and not before, whatever fails on the way.
 */
export function createAccessWorkflow(deps: AccessDeps): WorkflowDefinition<AccessWorkflowInput> {
  return {
    name: ACCESS_WORKFLOW,
    async run({ grantId }, context) {
      for (;;) {
        const next = await context.step('take a turn', (signal) => turnOrLater(grantId, signal, deps));
        if (next.kind === 'over') {
          return;
        }
        if (next.kind === 'wait') {
          await context.receive(next.topic, next.ms);
        }
      }
    },
  };
}

/** A step that fails would end the workflow, and with it what it watches over. */
async function turnOrLater(id: string, signal: AbortSignal, deps: AccessDeps): Promise<Next> {
  try {
    return await takeTurn(id, { deps, signal });
  } catch (error) {
    signal.throwIfAborted();
    deps.logger.error('A turn of a grant failed', { grant: id, error });
    return waitFor(ACCESS_TOPIC, AFTER_FAILURE_MS);
  }
}
