import type { EnvironmentLocks, Maintenances, RolloutStore } from '../../src/services/rollouts/ports.ts';
import { ENDED, type EnvironmentLock, type Rollout, type RolloutHost } from '../../src/services/rollouts/rollout.ts';

/** As in the store, without one. */
export function createMemoryRolloutStore(): RolloutStore {
  const rollouts = new Map<string, Rollout>();
  const hosts = new Map<string, RolloutHost[]>();
  return {
    async create(rollout, its) {
      const isNew = !rollouts.has(rollout.id);
      if (isNew) {
        rollouts.set(rollout.id, rollout);
        hosts.set(rollout.id, [...its]);
      }
      return isNew;
    },
    find: async (id) => rollouts.get(id),
    list: async ({ isOpen, endedSince }) =>
      [...rollouts.values()]
        .filter(({ state }) => isOpen === undefined || isOpen !== ENDED.includes(state))
        .filter(({ endedAt }) => endedSince === undefined || (endedAt !== undefined && endedAt >= endedSince)),
    async update(id, change) {
      const changed = change(rollouts.get(id)!);
      rollouts.set(id, changed);
      return changed;
    },
    hosts: async (id) => hosts.get(id) ?? [],
    async saveHost(id, host, change) {
      hosts.set(
        id,
        (hosts.get(id) ?? []).map((one) => (one.host === host ? { ...one, ...change } : one)),
      );
    },
    async replaceHosts(id, its) {
      hosts.set(id, [...its]);
    },
  };
}

export function createMemoryLocks(): EnvironmentLocks {
  const held = new Map<string, EnvironmentLock>();
  return {
    async take(lock) {
      const key = `${lock.customer}/${lock.environment}`;
      const other = held.get(key);
      if (other !== undefined && other.owner !== lock.owner) {
        return { taken: false, held: other };
      }
      held.set(key, { ...lock, takenAt: new Date() });
      return { taken: true };
    },
    find: async (customer, environment) => held.get(`${customer}/${environment}`),
    async release(customer, environment, owner) {
      const key = `${customer}/${environment}`;
      if (held.get(key)?.owner === owner) {
        held.delete(key);
      }
    },
  };
}

export function createMemoryMaintenances(): Maintenances {
  const rows = new Map<string, Parameters<Maintenances['begin']>[0]>();
  return {
    begin: async (row) => void rows.set(row.host, row),
    end: async ({ host }) => void rows.delete(host),
    active: async () => [...rows.values()],
  };
}
