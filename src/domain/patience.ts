import type { Clock } from './clock.ts';
import { UserError } from './errors.ts';
import type { WorkflowContext } from './workflow-engine.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

export interface PatienceDeps {
  readonly clock: Clock;
  readonly patienceMs: number;
  /** Whether time may mend a failure; missing: every one but a `UserError`. */
  readonly mayPass?: (error: unknown) => boolean;
}

/**
 * Tries again while something outside is away for a moment: a bastion that restarts, a store that fails over.
 * @throws what the last try threw, when time is up or does not mend it.
 */
export async function withPatience<T>(
  attempt: () => Promise<T>,
  { clock, patienceMs, mayPass = isNoUserError }: PatienceDeps,
  signal?: AbortSignal,
): Promise<T> {
  const deadline = clock.now().getTime() + patienceMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const isOver = clock.now().getTime() + waitMs > deadline || signal?.aborted === true;
      if (isOver || !mayPass(error)) {
        throw error;
      }
    }
    await clock.sleep(waitMs, signal);
  }
}

/** What a person can fix, time does not mend. */
function isNoUserError(error: unknown): boolean {
  return !(error instanceof UserError);
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
