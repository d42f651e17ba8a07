import type { Clock } from '../../domain/clock.ts';
import type { WorkflowDefinition, WorkflowEngine } from '../../domain/workflow-engine.ts';
import { createGate, type Gate } from './gate.ts';
import { createMemoryContext, type MemoryExecution } from './memory-context.ts';

export interface MemoryEngineDeps {
  readonly clock: Clock;
}

/** The engine for unit tests: as durable as the process, otherwise to the same contract. */
export function createMemoryEngine({ clock }: MemoryEngineDeps): WorkflowEngine {
  const gate = createGate();
  const definitions = new Map<string, WorkflowDefinition<never>>();
  const executions = new Map<string, MemoryExecution>();
  let isLaunched = false;

  function existing(id: string): MemoryExecution {
    const execution = executions.get(id);
    if (execution === undefined) {
      throw new Error(`There is no workflow ${id}.`);
    }
    return execution;
  }

  return {
    register(definition) {
      definitions.set(definition.name, definition as WorkflowDefinition<never>);
    },
    async launch() {
      isLaunched = true;
    },
    async start(name, { id, input }) {
      const definition = definitions.get(name);
      if (!isLaunched || definition === undefined) {
        throw new Error(isLaunched ? `No workflow is registered as ${name}.` : 'The engine is not launched.');
      }
      if (!executions.has(id)) {
        const execution = newExecution(id, () => definition.run(structuredClone(input) as never, contextOf(execution)));
        executions.set(id, execution);
        run(execution, gate);
      }
    },
    async send(workflowId, { topic, body, key = topic }) {
      const { keys, messages, wake } = existing(workflowId);
      if (!keys.has(key)) {
        keys.add(key);
        messages.push({ topic, body: structuredClone(body) });
        wake();
      }
    },
    async cancel(workflowId) {
      const execution = executions.get(workflowId);
      if (execution?.state === 'pending') {
        execution.state = 'canceled';
        execution.canceled.abort();
        execution.wake();
      }
    },
    async resume(workflowId) {
      const execution = existing(workflowId);
      if (execution.state === 'canceled') {
        Object.assign(execution, { state: 'pending', canceled: new AbortController() });
        run(execution, gate);
      }
    },
    state: async (workflowId) => executions.get(workflowId)?.state,
    shutdown: () => gate.close(0),
  };

  function contextOf(execution: MemoryExecution) {
    return createMemoryContext({ execution, clock, gate });
  }
}

function newExecution(id: string, body: () => Promise<void>): MemoryExecution {
  const waiting = new Set<() => void>();
  return {
    id,
    body,
    state: 'pending',
    history: [],
    messages: [],
    keys: new Set(),
    canceled: new AbortController(),
    waiting,
    wake: () => {
      for (const wakeUp of waiting) {
        wakeUp();
      }
    },
  };
}

function run(execution: MemoryExecution, gate: Gate): void {
  const { canceled } = execution;
  const end = (state: 'done' | 'failed') => () => {
    if (!canceled.signal.aborted && !gate.isClosed) {
      execution.state = state;
    }
  };
  execution.body().then(end('done'), end('failed'));
}
