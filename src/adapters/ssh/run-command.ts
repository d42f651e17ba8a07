import type { Clock } from '../../domain/clock.ts';
import type { CommandResult } from '../../domain/remote-executor.ts';
import { onAbort } from './abortable.ts';
import type { Connection } from './connection.ts';
import { endRemoteCommand } from './end-remote-command.ts';
import { HopError } from './hop-error.ts';
import { openSession } from './open-session.ts';
import type { Exit, RemoteSession } from './remote-session.ts';
import type { SshLimits } from './ssh-limits.ts';

export interface CommandRequest {
  readonly connection: Connection;
  /** For the remote shell. */
  readonly line: string;
  readonly stdin: string | undefined;
  readonly maxOutputBytes: number;
  /** Ends the remote process too. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly limits: Pick<SshLimits, 'openTimeoutMs' | 'exitGraceMs' | 'killAfterSeconds'>;
  onStarted(): void;
  /** The session is free again; a command that is ended keeps it until the process is gone. May come twice. */
  onEnded(): void;
}

/**
 * Runs one command to its end.
 * @throws {HopError} when the connection broke, {NotConnectedError}, or the signal's reason.
 */
export async function runCommand(request: CommandRequest): Promise<CommandResult> {
  const { clock, stdin, onEnded, onStarted } = request;
  const startedAt = clock.now().getTime();
  const session = await openSession(request);
  onStarted();
  if (stdin !== undefined) {
    session.channel.end(stdin);
  }
  const { code, signal } = await waitForExit(session, request);
  await waitForOutput(session, request);
  onEnded();
  const { stdout, stderr } = session;
  return {
    exitCode: code,
    exitSignal: signal,
    stdout: stdout.text(),
    stderr: stderr.text(),
    truncated: stdout.isTruncated() || stderr.isTruncated(),
    durationMs: clock.now().getTime() - startedAt,
  };
}

async function waitForExit(session: RemoteSession, request: CommandRequest): Promise<Exit> {
  const { connection, clock, limits, signal, onEnded } = request;
  const { channel, exited, closed } = session;
  const { promise: broken, reject } = Promise.withResolvers<never>();
  const stopLost = onAbort(connection.lost, reject);
  const stopSignal = onAbort(signal, (reason) => {
    reject(reason);
    endRemoteCommand(channel, { clock, killAfterSeconds: limits.killAfterSeconds, onEnded });
  });
  try {
    const exit = await Promise.race([exited, closed, broken]);
    return exit ?? (await Promise.race([exitless(request), broken]));
  } finally {
    stopLost();
    stopSignal();
  }
}

/** `close` means that all output is here. A child of the command may keep it away for ever. */
async function waitForOutput({ channel, closed }: RemoteSession, { clock, limits }: CommandRequest): Promise<void> {
  const done = new AbortController();
  await Promise.race([closed, clock.sleep(limits.exitGraceMs, done.signal)]);
  done.abort('closed');
  channel.close();
}

/** A channel closes without an exit status when the connection breaks, whose loss says more, or when sshd dropped it. */
function exitless({ connection, onEnded }: CommandRequest): Promise<never> {
  if (!connection.isUsable()) {
    return new Promise(() => {});
  }
  onEnded();
  const detail = 'the command ended without an exit status';
  return Promise.reject(new HopError({ kind: 'connection_lost', depth: connection.depth, detail }));
}
