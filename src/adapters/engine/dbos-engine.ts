import { AsyncLocalStorage } from 'node:async_hooks';
import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Logger } from '../../domain/logger.ts';
import type { WorkflowContext, WorkflowEngine, WorkflowState } from '../../domain/workflow-engine.ts';
import type { Store } from '../store/open-store.ts';
import type { Replicas } from '../store/replicas.ts';
import { toDbosLogger } from './dbos-logger.ts';
import { createGate, type Gate } from './gate.ts';
import { withLaunchLock } from './launch-lock.ts';
import { recoverWorkflows } from './recover-workflows.ts';
import { removeFinishedWorkflows } from './remove-finished.ts';

/** Steps in flight get so long to end when the engine stops. */
const DEFAULT_DRAIN_MS = 10_000;

export interface DbosEngineDeps {
  readonly store: Store;
  /** Must beat before `launch`, else others take this replica for dead. */
  readonly replicas: Replicas;
  readonly logger: Logger;
  readonly drainMs?: number | undefined;
}

export interface DbosEngine extends WorkflowEngine {
  /** Deletes workflows that ended before then. Resolves with how many. */
  removeFinished(endedBefore: Date): Promise<number>;
}

/** `undefined` and errors keep their place in a message, whatever the body is. */
interface Envelope<T> {
  readonly body?: T;
}

type Started = (input: unknown) => Promise<void>;

/** The engine on DBOS. One a process: DBOS is a singleton. */
export function createDbosEngine({ store, replicas, logger, drainMs }: DbosEngineDeps): DbosEngine {
  const gate = createGate();
  const context = createContext(gate);
  const workflows = new Map<string, Started>();
  // Called from within a step, DBOS would record or refuse these calls; they are no part of that workflow.
  const outside = AsyncLocalStorage.snapshot();

  async function recover(): Promise<void> {
    if (DBOS.isInitialized() && !gate.isClosed) {
      await recoverWorkflows(store, replicas);
    }
  }
  replicas.onTakeOver(recover);

  return {
    register({ name, run }) {
      const start = DBOS.registerWorkflow((input: never) => run(input, context), { name });
      workflows.set(name, start as Started);
    },

    async launch() {
      DBOS.setConfig({
        name: 'msops',
        systemDatabasePool: store.pool,
        // Fixed by hand: the default is a hash of the code, and every new version would strand what waits.
        applicationVersion: '1',
        enablePatching: true,
        executorID: replicas.id,
        logger: toDbosLogger(logger),
      });
      await withLaunchLock(store.pool, () => DBOS.launch());
      await recover();
    },

    async start(name, { id, input }) {
      const workflow = workflows.get(name);
      if (workflow === undefined) {
        throw new Error(`No workflow is registered as ${name}.`);
      }
      await outside(() => DBOS.startWorkflow(workflow, { workflowID: id })(input));
    },

    send: (workflowId, { topic, body, key = topic }) =>
      outside(() => DBOS.send<Envelope<typeof body>>(workflowId, { body }, topic, key)),
    cancel: (workflowId) => outside(() => DBOS.cancelWorkflow(workflowId)),
    async resume(workflowId) {
      await outside(() => DBOS.resumeWorkflow(workflowId));
    },
    async state(workflowId) {
      const found = await outside(() => DBOS.getWorkflowStatus(workflowId));
      return found ? STATES[found.status] : undefined;
    },
    removeFinished: (endedBefore) => outside(() => removeFinishedWorkflows(endedBefore)),

    async shutdown() {
      await gate.close(drainMs ?? DEFAULT_DRAIN_MS);
      await DBOS.shutdown({ deregister: true });
    },
  };
}

function createContext(gate: Gate): WorkflowContext {
  return {
    get workflowId() {
      return DBOS.workflowID ?? '';
    },
    step: (name, run) => gate.passCounted(() => DBOS.runStep(() => run(stepSignal()), { name })),
    sleep: (ms) => gate.pass(() => DBOS.sleep(ms)),
    async receive<T>(topic: string, timeoutMs: number) {
      const received = await gate.pass(() => DBOS.recv<Envelope<T>>(topic, { timeoutSeconds: timeoutMs / 1_000 }));
      return received?.body;
    },
  };
}

function stepSignal(): AbortSignal {
  return DBOS.stepStatus?.cancelSignal ?? new AbortController().signal;
}

const STATES: Readonly<Record<string, WorkflowState>> = {
  PENDING: 'pending',
  ENQUEUED: 'pending',
  DELAYED: 'pending',
  SUCCESS: 'done',
  ERROR: 'failed',
  MAX_RECOVERY_ATTEMPTS_EXCEEDED: 'failed',
  CANCELLED: 'canceled',
};
