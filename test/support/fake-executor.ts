import type { RemoteCommand } from '../../src/domain/remote-command.ts';
import type { CommandResult, RemoteExecutor, RemoteTarget, RunOptions } from '../../src/domain/remote-executor.ts';

export interface RecordedRun {
  readonly target: RemoteTarget;
  readonly command: RemoteCommand;
  readonly options: RunOptions;
}

export type Reply = (run: RecordedRun) => Partial<CommandResult> | Promise<Partial<CommandResult>>;

/** Answers by the name of the endpoint; one without a reply succeeds with no output. */
export function createFakeExecutor(replies: Readonly<Record<string, Reply>> = {}): RemoteExecutor & {
  readonly runs: readonly RecordedRun[];
} {
  const runs: RecordedRun[] = [];
  return {
    runs,
    async run(target, command, options) {
      const run = { target, command, options };
      runs.push(run);
      const reply = await replies[target.endpoint.name]?.(run);
      return { exitCode: 0, stdout: '', stderr: '', truncated: false, durationMs: 1, ...reply };
    },
  };
}
