/** What a workflow may do. Every effect is inside a step: code between steps runs again on replay. */
export interface WorkflowContext {
  readonly workflowId: string;
  /** Runs once and remembers the result; after a crash a step in flight runs again, so it is idempotent or checks first. */
  step<T>(name: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Durable: the time goes on while the process is down. */
  sleep(ms: number): Promise<void>;
  /** The next message on the topic, or `undefined` after the time-out. A message sent earlier is not lost. */
  receive<T>(topic: string, timeoutMs: number): Promise<T | undefined>;
}

export interface WorkflowDefinition<Input> {
  readonly name: string;
  run(input: Input, context: WorkflowContext): Promise<void>;
}

export interface StartOptions<Input> {
  /** Starting the same id again does nothing: this is what makes "once" true across replicas. */
  readonly id: string;
  readonly input: Input;
}

export type WorkflowState = 'pending' | 'done' | 'failed' | 'canceled';

/** Durable execution. On DBOS in production, in memory for unit tests. */
export interface WorkflowEngine {
  /** Before `launch` only. */
  register<Input>(definition: WorkflowDefinition<Input>): void;
  launch(): Promise<void>;
  start<Input>(name: string, options: StartOptions<Input>): Promise<void>;
  /** The first message with a key wins, later ones are dropped; the key defaults to the topic. */
  send<T>(workflowId: string, message: { topic: string; body: T; key?: string | undefined }): Promise<void>;
  cancel(workflowId: string): Promise<void>;
  resume(workflowId: string): Promise<void>;
  /** `undefined` when there is no such workflow. */
  state(workflowId: string): Promise<WorkflowState | undefined>;
  /** Stops taking work and leaves unfinished workflows to other replicas. */
  shutdown(): Promise<void>;
}
