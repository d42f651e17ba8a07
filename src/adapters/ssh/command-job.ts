import type { RemoteCommand } from '../../domain/remote-command.ts';
import type { RunOptions } from '../../domain/remote-executor.ts';
import { formatSeconds } from './classify-error.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { HopError } from './hop-error.ts';
import { depthOf, type Route } from './route.ts';
import type { RunScope } from './run-scope.ts';

/** What a job is doing: says what to blame when its time is up. */
export type CommandStage = 'connecting' | 'queued' | 'opening' | 'running';

/** One run on its way. */
export interface CommandJob {
  readonly route: Route;
  readonly command: RemoteCommand;
  readonly options: RunOptions;
  readonly scope: RunScope;
  /** Kept back from the deadline while connecting. Milliseconds. */
  readonly reserveMs: number;
  stage: CommandStage;
}

/** The failure of a job whose deadline came. */
export function blameDeadline({ stage, route, scope, options }: CommandJob, pool: ConnectionPool): HopError {
  if (stage === 'connecting') {
    return pool.stuckAt(route, scope.elapsedMs());
  }
  const after = `after ${formatSeconds(options.deadlineMs)}`;
  const facts = {
    queued: { kind: 'too_many_sessions', detail: `no free session ${after}` },
    opening: { kind: 'connection_lost', detail: `no answer on the open connection ${after}` },
    running: { kind: 'command_timeout', detail: after },
  } as const;
  return new HopError({ ...facts[stage], depth: depthOf(route) });
}
