import type { Grant, GrantHost, GrantState } from '../../src/services/access/grant.ts';
import type { GrantStore } from '../../src/services/access/ports.ts';

const OPEN: readonly GrantState[] = ['granting', 'active', 'ending'];

/** As in the store, without one. */
export function createMemoryGrantStore(): GrantStore {
  const grants = new Map<string, Grant>();
  const hosts = new Map<string, GrantHost[]>();
  const all = () => [...grants.values()].map((grant) => structuredClone(grant));
  const updateHost: GrantStore['updateHost'] = async (id, name, change) => {
    const its = hosts.get(id) ?? [];
    const index = its.findIndex(({ host }) => host === name);
    its[index] = change(structuredClone(its[index]!));
    return structuredClone(its[index]);
  };
  return {
    async create(grant, its) {
      if (!grants.has(grant.id)) {
        grants.set(grant.id, structuredClone(grant));
        hosts.set(grant.id, structuredClone([...its]));
      }
    },
    find: async (id) => structuredClone(grants.get(id)),
    async update(id, change) {
      const found = grants.get(id);
      if (found === undefined) {
        throw new Error(`There is no grant ${id}.`);
      }
      const changed = change(structuredClone(found));
      grants.set(id, structuredClone(changed));
      return changed;
    },
    hosts: async (id) => structuredClone(hosts.get(id) ?? []),
    updateHost,
    async saveHost(id, host, change) {
      await updateHost(id, host, (found) => ({ ...found, ...change }));
    },
    open: async () => all().filter(({ state }) => OPEN.includes(state)),
    unfinished: async () => all().filter(({ state }) => state === 'requested' || OPEN.includes(state)),
    withKey: async (key) => all().filter(({ wish }) => wish.linux?.publicKey === key),
    list: async ({ customers, environment, person, states, limit = 200 }) =>
      all()
        .filter((grant) => customers === 'all' || customers.includes(grant.customer))
        .filter((grant) => environment === undefined || grant.environment === environment)
        .filter((grant) => person === undefined || grant.person.accounts.some((account) => account === person))
        .filter((grant) => states === undefined || states.includes(grant.state))
        .toSorted((one, other) => other.requestedAt.getTime() - one.requestedAt.getTime())
        .slice(0, limit),
  };
}
