import type { ConnectPhase } from './classify-error.ts';
import type { Connection } from './connection.ts';
import { type Route, routeKey } from './route.ts';

/** What the pool knows of one sshd and account. */
export interface PoolEntry {
  readonly route: Route;
  readonly connections: Set<Connection>;
  /** Shared by everybody who waits for it. */
  connecting: Promise<void> | undefined;
  phase: () => ConnectPhase;
  /** Do connections to other hosts go through it? */
  isHop: boolean;
}

export interface PoolEntries {
  /** Made when there is none. */
  of(route: Route): PoolEntry;
  find(route: Route): PoolEntry | undefined;
  all(): readonly PoolEntry[];
  forgetIfUnused(entry: PoolEntry): void;
}

export const WAITING = (): ConnectPhase => 'waiting';

export function createPoolEntries(): PoolEntries {
  const entries = new Map<string, PoolEntry>();
  return {
    of(route) {
      const key = routeKey(route);
      const entry = entries.get(key) ?? newEntry(route);
      entries.set(key, entry);
      return entry;
    },
    find: (route) => entries.get(routeKey(route)),
    all: () => [...entries.values()],
    forgetIfUnused(entry) {
      if (entry.connections.size === 0 && entry.connecting === undefined) {
        entries.delete(routeKey(entry.route));
      }
    },
  };
}

function newEntry(route: Route): PoolEntry {
  return { route, connections: new Set(), connecting: undefined, phase: WAITING, isHop: false };
}
