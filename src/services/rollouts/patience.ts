import type { Clock } from '../../domain/clock.ts';
import { UserError } from '../../domain/errors.ts';
import type { WorkflowContext } from '../../domain/workflow-engine.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

export interface PatienceDeps {
  readonly clock: Clock;
  readonly patienceMs: number;
}

/**
 * Tries again while something outside is away for a moment: a bastion that restarts, a store that fails over.
 * @throws what the last try threw, when time is up or it was a `UserError`, which time does not mend.
 */
export async function withPatience<T>(
  attempt: () => Promise<T>,
  { clock, patienceMs }: PatienceDeps,
  signal?: AbortSignal,
): Promise<T> {
  const deadline = clock.now().getTime() + patienceMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const isOver = clock.now().getTime() + waitMs > deadline || signal?.aborted === true;
      if (isOver || error instanceof UserError) {
        throw error;
      }
    }
    await clock.sleep(waitMs, signal);
  }
}

/** The same workflow whose steps wait out what is away for a moment, the store for instance. */
export function withPatientSteps(context: WorkflowContext, deps: PatienceDeps): WorkflowContext {
  return {
    get workflowId() {
      return context.workflowId;
    },
    step: (name, run) => context.step(name, (signal) => withPatience(() => run(signal), deps, signal)),
    sleep: (ms) => context.sleep(ms),
    receive: (topic, timeoutMs) => context.receive(topic, timeoutMs),
  };
}
