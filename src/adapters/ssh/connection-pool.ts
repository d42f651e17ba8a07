import { abortable } from './abortable.ts';
import { type ConnectPhase, classifySilence } from './classify-error.ts';
import type { Connection } from './connection.ts';
import type { ReleaseSlot } from './fair-limiter.ts';
import { HopError } from './hop-error.ts';
import { createPoolEntries, type PoolEntries, type PoolEntry, WAITING } from './pool-entries.ts';
import { depthOf, type Route, routeToDepth } from './route.ts';
import type { SshLimits } from './ssh-limits.ts';

/** The right to use one channel of a connection. */
export interface Lease {
  readonly connection: Connection;
  readonly release: ReleaseSlot;
}

export interface ConnectionPool {
  /**
   * A warm connection, or a new one by way of the shared connections to the bastions.
   * @throws {HopError}, or the signal's reason; the connecting then goes on for others.
   */
  lease(route: Route, signal: AbortSignal): Promise<Lease>;
  /** Which hop a caller who gave up was waiting for. */
  stuckAt(route: Route, waitedMs: number): HopError;
  stats(): PoolStats;
  endAll(): void;
}

export interface PoolStats {
  readonly connections: number;
  readonly connecting: number;
  /** Channels in use, or given up and not yet answered by the bastion. */
  readonly channels: number;
}

/** What a new connection needs to come about. */
export interface ConnectJob {
  readonly route: Route;
  readonly depth: number;
  /** A channel of the last bastion on the way. */
  readonly parent: Lease | undefined;
  readonly isHop: boolean;
  onPhase(phase: () => ConnectPhase): void;
  onGone(connection: Connection): void;
}

export interface ConnectionPoolOptions {
  readonly limits: Pick<SshLimits, 'channelsPerConnection'>;
  /** Aborts when the bot stops. */
  readonly closing: AbortSignal;
  /** Tries again what may pass. `connect` is run for each try. @throws {HopError} */
  retry<T>(route: Route, connect: () => Promise<T>): Promise<T>;
  connect(job: ConnectJob): Promise<Connection>;
}

/** A connection that is lost as soon as it is made is not made for ever. */
const MAX_ROUNDS = 10;

export function createConnectionPool(options: ConnectionPoolOptions): ConnectionPool {
  const { limits, closing, retry } = options;
  const entries = createPoolEntries();
  const usable = (entry: PoolEntry | undefined) => usableOf(entry, limits.channelsPerConnection);
  const establish = createEstablish(entries, { ...options, lease });

  async function lease(route: Route, signal: AbortSignal, isHop = false): Promise<Lease> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      closing.throwIfAborted();
      const entry = entries.of(route);
      entry.isHop ||= isHop;
      const connection = usable(entry);
      if (connection !== undefined) {
        return { connection, release: connection.lease() };
      }
      entry.connecting ??= startConnecting(entry);
      await abortable(entry.connecting, signal);
    }
    throw new HopError({ kind: 'connection_lost', depth: depthOf(route), detail: 'again and again' });
  }

  function startConnecting(entry: PoolEntry): Promise<void> {
    const connecting = retry(entry.route, () => establish(entry)).finally(() => {
      entry.connecting = undefined;
      entry.phase = WAITING;
      entries.forgetIfUnused(entry);
    });
    connecting.catch(() => {}); // Everybody who waited may have gone.
    return connecting;
  }

  return {
    lease,
    stuckAt(route, waitedMs) {
      const hops = route.hops.map((_, depth) => entries.find(routeToDepth(route, depth)));
      const stuck = hops.findIndex((entry) => usable(entry) === undefined);
      const depth = stuck === -1 ? depthOf(route) : stuck;
      return classifySilence(hops[depth]?.phase() ?? 'waiting', depth, waitedMs);
    },
    stats: () => countAll(entries),
    endAll() {
      for (const connection of entries.all().flatMap((entry) => [...entry.connections])) {
        connection.end();
      }
    },
  };
}

type EstablishOptions = Pick<ConnectionPoolOptions, 'connect' | 'closing'> & {
  lease(route: Route, signal: AbortSignal, isHop: boolean): Promise<Lease>;
};

/** One try to connect. The parent is leased anew each time: it may have been lost meanwhile. */
function createEstablish(entries: PoolEntries, { lease, connect, closing }: EstablishOptions) {
  return async (entry: PoolEntry): Promise<void> => {
    const { route, isHop } = entry;
    const depth = depthOf(route);
    const parent = depth === 0 ? undefined : await lease(routeToDepth(route, depth - 1), closing, true);
    const onPhase = (phase: PoolEntry['phase']): void => {
      entry.phase = phase;
    };
    const onGone = (connection: Connection): void => {
      entry.connections.delete(connection);
      entries.forgetIfUnused(entry);
    };
    const connection = await connect({ route, depth, parent, isHop, onPhase, onGone });
    if (closing.aborted) {
      connection.end();
    } else if (connection.isUsable()) {
      entry.connections.add(connection);
    }
  };
}

function usableOf(entry: PoolEntry | undefined, channels: number): Connection | undefined {
  return [...(entry?.connections ?? [])].find((one) => one.isUsable() && one.leases() < channels);
}

function countAll(entries: PoolEntries): PoolStats {
  const all = entries.all();
  const connections = all.flatMap((entry) => [...entry.connections]);
  const channels = connections.reduce((sum, connection) => sum + connection.leases(), 0);
  return { connections: connections.length, connecting: all.filter((entry) => entry.connecting).length, channels };
}
