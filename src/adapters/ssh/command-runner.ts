import type { Clock } from '../../domain/clock.ts';
import { toShell } from '../../domain/remote-command.ts';
import type { CommandResult } from '../../domain/remote-executor.ts';
import { blameDeadline, type CommandJob } from './command-job.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { HopError } from './hop-error.ts';
import { NotConnectedError } from './open-session.ts';
import { depthOf } from './route.ts';
import { runCommand } from './run-command.ts';
import { DEADLINE } from './run-scope.ts';
import type { SessionGate } from './session-gate.ts';
import type { SshLimits } from './ssh-limits.ts';
import { timeLimitedCommand } from './time-limited-command.ts';

export interface CommandRunnerOptions {
  readonly pool: ConnectionPool;
  readonly gate: SessionGate;
  readonly limits: SshLimits;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** @throws {HopError} */
export type RunJob = (job: CommandJob) => Promise<CommandResult>;

/** Tries of a command that surely never ran: the connection was gone, or the host had no session left. */
const TRIES = 3;

export function createCommandRunner({ pool, gate, limits, clock, random }: CommandRunnerOptions): RunJob {
  async function attempt(job: CommandJob): Promise<CommandResult> {
    const { connection, release: onEnded } = await gate.enter(job);
    try {
      const endTurn = await gate.takeTurn(job);
      job.stage = 'opening';
      const onStarted = (): void => {
        job.stage = 'running';
        endTurn(); // What runs on the host costs nothing here.
      };
      const request = { ...toRequest(job, limits), connection, clock, limits, onStarted, onEnded };
      return await runCommand(request).finally(endTurn);
    } catch (error) {
      if (job.stage === 'queued') {
        onEnded();
      }
      throw error;
    }
  }

  async function attemptAgain(job: CommandJob): Promise<CommandResult> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await attempt(job);
      } catch (error) {
        if (tried === TRIES || !neverRan(error, job)) {
          throw error;
        }
      }
      await clock.sleep((1 + random()) * limits.retryBaseMs * 2 ** tried, job.scope.signal);
    }
  }

  return async (job) => {
    try {
      return await attemptAgain(job);
    } catch (error) {
      throw error === DEADLINE ? blameDeadline(job, pool) : toHopError(error, job);
    }
  };
}

function toRequest(job: CommandJob, limits: SshLimits) {
  const { options, scope } = job;
  const { stdin, maxOutputBytes = limits.maxOutputBytes } = options;
  return { line: remoteLine(job, limits), stdin, maxOutputBytes, signal: scope.signal };
}

function remoteLine({ command, options, scope }: CommandJob, { killAfterSeconds }: SshLimits): string {
  // Rounded up: our own timer, which says what happened, comes first.
  const seconds = Math.max(1, Math.ceil(scope.remainingMs() / 1000));
  // `exec`: sshd signals the shell's process group, and `timeout` makes one of its own unless it is the shell.
  const line = `exec ${toShell(timeLimitedCommand(command, { seconds, killAfterSeconds }))}`;
  // Not by ending the channel: one that was ended takes no signal any more.
  return options.stdin === undefined ? `${line} </dev/null` : line;
}

function neverRan(error: unknown, { route }: CommandJob): boolean {
  const isFull = error instanceof HopError && error.facts.kind === 'too_many_sessions';
  return error instanceof NotConnectedError || (isFull && error.facts.depth === depthOf(route));
}

function toHopError(error: unknown, { route }: CommandJob): unknown {
  const depth = depthOf(route);
  return error instanceof NotConnectedError
    ? new HopError({ kind: 'connection_lost', depth }, { cause: error })
    : error;
}
