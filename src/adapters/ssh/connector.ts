import type { Clock } from '../../domain/clock.ts';
import type { Logger } from '../../domain/logger.ts';
import { createAuthPenalties } from './auth-penalties.ts';
import { connectClient } from './connect-client.ts';
import { type Connection, createConnection } from './connection.ts';
import type { ConnectionPoolOptions, ConnectJob } from './connection-pool.ts';
import { createFairLimiter } from './fair-limiter.ts';
import { HopError } from './hop-error.ts';
import { openForward } from './open-forward.ts';
import { retryConnect } from './retry-connect.ts';
import { depthOf, endpointOf, type Route, routeGroup, routeKey, serverKey } from './route.ts';
import type { AuthMethods } from './ssh-auth.ts';
import type { SshLimits } from './ssh-limits.ts';
import { startTimer } from './start-timer.ts';

export interface ConnectorOptions {
  readonly authMethods: AuthMethods;
  readonly limits: SshLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Aborts when the bot stops. */
  readonly closing: AbortSignal;
}

export type Connector = Pick<ConnectionPoolOptions, 'connect' | 'retry'>;

/** Makes connections: in turn, again when it may help, and not where we were refused. */
export function createConnector(options: ConnectorOptions): Connector {
  const { limits, clock, logger, random, closing } = options;
  const connects = createFairLimiter({ total: limits.connects, perGroup: limits.connectsPerBastion });
  const logins = createFairLimiter({ total: Number.POSITIVE_INFINITY, perGroup: limits.unauthenticatedPerServer });
  const penalties = createAuthPenalties({
    clock,
    failures: limits.authenticationFailures,
    backOffMs: limits.authenticationBackOffMs,
  });

  /** A slot is for work. Whoever has been silent for some seconds only waits and needs none. */
  async function inTurn<T>(route: Route, run: () => Promise<T>): Promise<T> {
    const endLogin = await logins.acquire(serverKey(route), closing);
    const endConnect = await connects.acquire(routeGroup(route), closing).catch((reason) => {
      endLogin();
      throw reason;
    });
    const stopTimer = startTimer(clock, limits.slotHoldMs, endConnect);
    try {
      return await run();
    } finally {
      stopTimer();
      endConnect();
      endLogin();
    }
  }

  async function logIn({ route, depth, parent, isHop, onPhase, onGone }: ConnectJob): Promise<Connection> {
    const endpoint = endpointOf(route);
    onPhase(() => 'forwarding');
    const stream = parent && (await openForward({ ...parent, endpoint, clock, timeoutMs: limits.forwardTimeoutMs }));
    const attempt = connectClient({
      endpoint,
      depth,
      stream,
      authMethods: options.authMethods,
      timeoutMs: limits.connectTimeoutMs,
      keepaliveMs: isHop ? limits.hopKeepaliveMs : limits.hostKeepaliveMs * (1 + random() / 5),
    });
    onPhase(attempt.phase);
    const client = await attempt.ready;
    return createConnection({ client, depth, parent: parent?.connection, clock, idleMs: limits.idleMs, onGone });
  }

  function noteFailure(error: unknown, { route, depth }: ConnectJob): void {
    const { address, port } = endpointOf(route);
    logger.debug('SSH connect failed', { address, port, error });
    if (error instanceof HopError && error.facts.kind === 'authentication_failed' && error.facts.depth === depth) {
      penalties.failed(routeKey(route));
    }
  }

  return {
    async retry(route, connect) {
      const { connectTries: tries, retryBaseMs: baseMs, retryWindowMs: windowMs } = limits;
      const depth = depthOf(route);
      penalties.check(routeKey(route), depth);
      return retryConnect(connect, { clock, random, tries, baseMs, windowMs, depth, signal: closing });
    },
    async connect(job) {
      try {
        const connection = await inTurn(job.route, () => logIn(job));
        penalties.succeeded(routeKey(job.route));
        return connection;
      } catch (error) {
        noteFailure(error, job);
        throw error;
      }
    },
  };
}
