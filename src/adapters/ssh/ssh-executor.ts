import type { Clock } from '../../domain/clock.ts';
import type { Logger } from '../../domain/logger.ts';
import type { RemoteExecutor, RemoteTarget } from '../../domain/remote-executor.ts';
import type { TunnelInspector } from '../../domain/tunnel.ts';
import { createCommandRunner } from './command-runner.ts';
import { createConnectionPool, type PoolStats } from './connection-pool.ts';
import { createConnector } from './connector.ts';
import { HopError } from './hop-error.ts';
import { createToHopFailure } from './hop-failures.ts';
import { routeTo } from './route.ts';
import { openRunScope } from './run-scope.ts';
import { createSessionGate } from './session-gate.ts';
import { createAuthMethods, type SshAuth } from './ssh-auth.ts';
import { DEFAULT_SSH_LIMITS, type SshLimits } from './ssh-limits.ts';

export interface SshExecutor extends RemoteExecutor {
  stats(): SshStats;
  /** Fails what still runs as `canceled` and ends all connections. */
  close(): void;
}

export interface SshStats extends PoolStats {
  /** Commands that wait for a free session or for their turn. */
  readonly waiting: number;
}

export interface SshExecutorOptions {
  readonly auth: SshAuth;
  readonly logger: Logger;
  readonly clock: Clock;
  /** To tell a tunnel that is down from a host that is. */
  readonly tunnels?: TunnelInspector | undefined;
  readonly limits?: Partial<SshLimits> | undefined;
  /** Uniform in [0, 1). */
  readonly random?: (() => number) | undefined;
}

/**
 * Runs commands over shared, warm SSH connections.
 *
 * @throws {SetupError} when the private key cannot be used.
 */
export function createSshExecutor(options: SshExecutorOptions): SshExecutor {
  const { auth, logger, clock, tunnels, random = Math.random } = options;
  const limits: SshLimits = { ...DEFAULT_SSH_LIMITS, ...options.limits };
  const stop = new AbortController();
  const closing = stop.signal;
  const connector = createConnector({ authMethods: createAuthMethods(auth), limits, clock, logger, random, closing });
  const pool = createConnectionPool({ ...connector, limits, closing });
  const gate = createSessionGate({ pool, limits, clock });
  const runJob = createCommandRunner({ pool, gate, limits, clock, random });
  const toHopFailure = createToHopFailure({ tunnels, clock, tunnelCheckMs: limits.tunnelCheckMs });
  const reserveMs = ({ path }: RemoteTarget, deadlineMs: number): number =>
    tunnels && path.vpn ? Math.min(limits.tunnelCheckMs, deadlineMs / 4) : 0;

  return {
    async run(target, command, options) {
      const scope = openRunScope(clock, options, closing);
      const facts = { route: routeTo(target), reserveMs: reserveMs(target, options.deadlineMs) };
      try {
        return await runJob({ ...facts, command, options, scope, stage: 'connecting' });
      } catch (error) {
        throw error instanceof HopError ? await toHopFailure(error, target) : error;
      } finally {
        scope.end();
      }
    },
    stats: () => ({ ...pool.stats(), waiting: gate.waiting() }),
    close() {
      stop.abort(new HopError({ kind: 'canceled', depth: Number.POSITIVE_INFINITY, detail: 'msops is stopping' }));
      pool.endAll();
    },
  };
}
