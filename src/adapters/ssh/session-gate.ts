import type { Clock } from '../../domain/clock.ts';
import { onAbort } from './abortable.ts';
import type { CommandJob } from './command-job.ts';
import type { ConnectionPool, Lease } from './connection-pool.ts';
import { createFairLimiter, type FairLimiter, type ReleaseSlot } from './fair-limiter.ts';
import { routeGroup, routeKey } from './route.ts';
import { DEADLINE } from './run-scope.ts';
import type { SshLimits } from './ssh-limits.ts';
import { startTimer } from './start-timer.ts';

export interface SessionGate {
  /**
   * A connection with a free session on it. The release comes when the command is gone from the host.
   * @throws {HopError}, or the reason of the job's signal.
   */
  enter(job: CommandJob): Promise<Lease>;
  /** Commands take turns to start. Released by itself when the host is slow to answer: then it only waits. */
  takeTurn(job: CommandJob): Promise<ReleaseSlot>;
  waiting(): number;
}

export interface SessionGateOptions {
  readonly pool: ConnectionPool;
  readonly limits: SshLimits;
  readonly clock: Clock;
}

export function createSessionGate({ pool, limits, clock }: SessionGateOptions): SessionGate {
  const sessions = createFairLimiter({ total: Number.POSITIVE_INFINITY, perGroup: limits.sessionsPerHost });
  const turns = createFairLimiter({ total: limits.commands, perGroup: limits.commandsPerBastion });

  async function connect({ route, scope, reserveMs }: CommandJob): Promise<Lease> {
    if (reserveMs === 0) {
      return pool.lease(route, scope.signal);
    }
    const early = new AbortController();
    const stopTimer = startTimer(clock, scope.remainingMs() - reserveMs, () => early.abort(DEADLINE));
    return pool.lease(route, AbortSignal.any([scope.signal, early.signal])).finally(stopTimer);
  }

  return {
    async enter(job) {
      job.stage = 'connecting';
      const lease = await connect(job);
      job.stage = 'queued';
      return holdSession(lease, job, sessions);
    },
    async takeTurn({ route, scope }) {
      const release = await turns.acquire(routeGroup(route), scope.signal);
      const stopTimer = startTimer(clock, limits.slotHoldMs, release);
      return () => {
        stopTimer();
        release();
      };
    },
    waiting: () => sessions.waiting() + turns.waiting(),
  };
}

async function holdSession(lease: Lease, { route, scope }: CommandJob, sessions: FairLimiter): Promise<Lease> {
  let stopListening = (): void => {};
  let releaseSession = (): void => {};
  const release = (): void => {
    stopListening();
    releaseSession();
    lease.release();
  };
  try {
    releaseSession = await sessions.acquire(routeKey(route), scope.signal);
  } catch (reason) {
    release();
    throw reason;
  }
  stopListening = onAbort(lease.connection.lost, release);
  return { connection: lease.connection, release };
}
