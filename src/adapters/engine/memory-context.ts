import type { Clock } from '../../domain/clock.ts';
import type { WorkflowContext, WorkflowState } from '../../domain/workflow-engine.ts';
import type { Gate } from './gate.ts';

/** The longest that Node's timers can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a call of the workflow gave, to be given again when it is run from the start after a resume. */
type Recorded = { readonly result: unknown } | { readonly error: unknown };

export interface MemoryExecution {
  readonly id: string;
  readonly body: () => Promise<void>;
  state: WorkflowState;
  readonly history: (Recorded | undefined)[];
  readonly messages: { readonly topic: string; readonly body: unknown }[];
  readonly keys: Set<string>;
  /** Of the run that is on; a resume brings a new one. */
  canceled: AbortController;
  readonly waiting: Set<() => void>;
  /** Lets everything that waits look again. */
  wake(): void;
}

export interface MemoryContextDeps {
  readonly execution: MemoryExecution;
  readonly clock: Clock;
  readonly gate: Gate;
}

/** The context of one run. */
export function createMemoryContext({ execution, clock, gate }: MemoryContextDeps): WorkflowContext {
  const { signal } = execution.canceled;
  let calls = 0;

  function throwIfCanceled(): void {
    if (signal.aborted) {
      throw new Error(`Workflow ${execution.id} was canceled.`);
    }
  }

  /** Runs the call unless its place in the history is filled. */
  function remembered<T>(call: () => Promise<T>, place = calls++): Promise<T> {
    return gate.pass(async () => {
      throwIfCanceled();
      const recorded = (execution.history[place] ?? (await record(call))) as Recorded;
      throwIfCanceled();
      execution.history[place] = recorded;
      if ('error' in recorded) {
        throw recorded.error;
      }
      return structuredClone(recorded.result) as T;
    });
  }

  async function waitUntil(deadline: number): Promise<void> {
    const woken = new AbortController();
    const wakeUp = () => woken.abort();
    execution.waiting.add(wakeUp);
    await clock.sleep(Math.min(deadline - clock.now().getTime(), LONGEST_TIMER_MS), woken.signal);
    execution.waiting.delete(wakeUp);
  }

  async function take(topic: string, deadline: number): Promise<unknown> {
    for (;;) {
      throwIfCanceled();
      const index = execution.messages.findIndex((message) => message.topic === topic);
      if (index !== -1) {
        return execution.messages.splice(index, 1)[0]?.body;
      }
      if (clock.now().getTime() >= deadline) {
        return undefined;
      }
      await waitUntil(deadline);
    }
  }

  /** A wait fills two places, taken at once so that waits side by side find theirs again: its deadline, its end. */
  async function wait<T>(ms: number, until: (deadline: number) => Promise<T>): Promise<T> {
    const places = [calls++, calls++] as const;
    const deadline = await remembered(async () => clock.now().getTime() + ms, places[0]);
    return remembered(() => until(deadline), places[1]);
  }

  return {
    workflowId: execution.id,
    step: (_name, run) => remembered(async () => structuredClone(await run(signal))),
    sleep: (ms) =>
      wait(ms, async (deadline) => {
        while (clock.now().getTime() < deadline && !signal.aborted) {
          await waitUntil(deadline);
        }
      }),
    receive: <T>(topic: string, timeoutMs: number) =>
      wait(timeoutMs, (deadline) => take(topic, deadline) as Promise<T | undefined>),
  };
}

async function record(call: () => Promise<unknown>): Promise<Recorded> {
  try {
    return { result: await call() };
  } catch (error) {
    return { error };
  }
}
