import type { AccessPath, SshEndpoint } from './inventory.ts';
import type { RemoteCommand } from './remote-command.ts';

/** Where a command runs and the way there. */
export interface RemoteTarget {
  readonly endpoint: SshEndpoint;
  readonly path: AccessPath;
}

export interface RunOptions {
  /** For everything: connect, channel and command. Milliseconds. The remote process is ended too, not only the channel. */
  readonly deadlineMs: number;
  /** Bytes kept of stdout and of stderr each; more is dropped and `truncated` is set. */
  readonly maxOutputBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Written to the command's stdin, then closed. */
  readonly stdin?: string | undefined;
}

/** How a remote command ended. A killed command has no exit code, and that is a failure. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly exitSignal?: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly durationMs: number;
}

/** Runs commands on hosts. Implemented over SSH. */
export interface RemoteExecutor {
  /**
   * Resolves with whatever exit code the command had.
   * @throws {HopFailure} when a hop could not be passed or the deadline came first.
   */
  run(target: RemoteTarget, command: RemoteCommand, options: RunOptions): Promise<CommandResult>;
}
