import { withPatientSteps } from '../../domain/patience.ts';
import type { WorkflowContext, WorkflowDefinition } from '../../domain/workflow-engine.ts';
import { beginHost } from './begin-host.ts';
import { endHost, endMaintenance, type HostEnd } from './end-host.ts';
import type { StepEnd } from './host-change.ts';
import { createHostScope, type Failed, type HostOfRollout, type HostScope } from './host-scope.ts';
import { awaitHealth, changeHost, drain, observe, ready, rescue, verify } from './host-steps.ts';
import { HOST_TOPIC, HOST_WORKFLOW, type RolloutDeps, workflowIdOf } from './rollout-deps.ts';

/**
 * One host of a rollout: out of service, changed, well again, back in service. After a crash the step that was under
 * way is run again, so each one looks first; what was remembered of the steps before is not done again.
 */
export function createHostWorkflow(deps: RolloutDeps): WorkflowDefinition<HostOfRollout> {
  return {
    name: HOST_WORKFLOW,
    async run(of, own) {
      const context = withPatientSteps(own, deps);
      const scope = createHostScope(of, deps);
      const end = await lead(scope, context).catch((error: unknown) =>
        scope.failure(error, 'the change stopped inside msops'),
      );
      await context.step('note the end', () => endHost(scope, end));
      await context.step('tell the rollout', () =>
        deps.engine.send(workflowIdOf(of.rolloutId), { topic: HOST_TOPIC, body: of.host, key: `host:${of.host}` }),
      );
    },
  };
}

async function lead(scope: HostScope, context: WorkflowContext): Promise<HostEnd> {
  const begun = await context.step('begin', (signal) => beginHost(scope, signal));
  if (begun.kind !== 'to_do') {
    return begun.kind === 'skipped' ? 'skipped' : begun.end;
  }
  const changed = await change(scope, context, begun.steps);
  const end = changed.ok
    ? await recover(scope, context, { changed, observeMs: begun.observeMs })
    : await context.step('see to it after the failure', (signal) => rescue(scope, changed, signal));
  await context.step('end the maintenance', () => endMaintenance(scope, end));
  return end;
}

async function change(scope: HostScope, context: WorkflowContext, steps: readonly string[]): Promise<StepEnd> {
  if (steps.length === 0) {
    return { ok: true, note: 'was done already' };
  }
  let last: StepEnd = await context.step('out of service', (signal) => drain(scope, signal));
  for (const [index, name] of steps.entries()) {
    if (last.ok) {
      last = withEarlier(await context.step(name, (signal) => changeHost(scope, { index, name }, signal)), last);
    }
  }
  const changed = last;
  return changed.ok ? context.step('look whether it is done', (signal) => verify(scope, changed, signal)) : changed;
}

/** It is done when it is well, back in service, and stays well. */
async function recover(
  scope: HostScope,
  context: WorkflowContext,
  { changed, observeMs }: { readonly changed: StepEnd; readonly observeMs: number },
): Promise<StepEnd> {
  const well = await context.step('wait until it is well', (signal) => awaitHealth(scope, signal));
  const back: StepEnd = well.ok ? await context.step('back in service', (signal) => ready(scope, signal)) : well;
  if (!back.ok) {
    return withOutput(back, changed);
  }
  await context.sleep(observeMs);
  const observed = await context.step('observe', (signal) => observe(scope, signal));
  return observed.ok ? changed : withOutput(observed, changed);
}

/** What was printed by all steps, the newest last. */
function withEarlier(end: StepEnd, { output: earlier }: StepEnd): StepEnd {
  const output = [earlier, end.output].flatMap((text) => text?.trim() || []).join('\n');
  return output === '' ? end : { ...end, output };
}

function withOutput(failed: Failed, changed: StepEnd): StepEnd {
  return { ...failed, output: failed.output ?? changed.output };
}
