import { stringify } from 'yaml';
import { CHANNELS, HOME_TEAM, PEOPLE } from '../../sandbox/cast.ts';
import { addressOf, hostKeyOf } from './fleet.ts';
import { PRODUCT } from './fleet-hosts.ts';
import { BALANCED, BALANCER, SOCKET } from './haproxy.ts';

/** Two hosts of a product behind an HAProxy on the third, one asks and another approves. */
export function rolloutMsopsYml(): string {
  return stringify({
    version: 1,
    home_team: HOME_TEAM.id,
    roles: {
      operator: ['host.read', 'inventory.read', 'patch.plan', 'change.request', 'rollout.read', 'rollout.control'],
      approver: ['inventory.read', 'change.approve', 'rollout.read'],
    },
    people: Object.fromEntries(['alice', 'carol'].map((handle) => [handle, personOf(handle)])),
    assignments: [
      { person: 'alice', role: 'operator', customers: 'all' },
      { person: 'carol', role: 'approver', customers: 'all' },
    ],
    approval_policies: [
      {
        name: 'production',
        environments: 'production',
        changes: ['patch', 'update'],
        requested_by: ['operator'],
        approved_by: [{ role: 'approver', team: 'home' }],
        expires_after: '1h',
      },
    ],
    defaults: {
      ssh: { user: 'ops' },
      service_user: PRODUCT.serviceUser,
      // Cores and memory are those of the machine that the fleet shares with other work.
      thresholds: { cpu_busy: QUIET, memory_used: QUIET, load_per_core: { warning: 500, critical: 1000 } },
      rollout: {
        canary: 1,
        wave: 1,
        observe: '1s',
        start_deadline: '90s',
        drain_deadline: '20s',
        package_lock_wait: '20s',
      },
    },
    customers: [
      {
        id: 'acme',
        name: 'acme',
        channels: { ops: [CHANNELS.find(({ name }) => name === 'acme-ops')!.id] },
        bastions: [machine('bastion')],
        environments: [
          {
            name: 'prod',
            production: true,
            monitoring: 'off',
            time_zone: 'Etc/UTC',
            access: { bastions: ['bastion'] },
            hosts: [...BALANCED.map(server), { ...machine(BALANCER), role: 'balancer' }],
          },
        ],
      },
    ],
  });
}

const QUIET = { warning: 99.8, critical: 99.9 };

function personOf(handle: string) {
  const { team, id, realName } = PEOPLE.find((person) => person.handle === handle)!;
  return { id: `${team}:${id}`, name: realName };
}

function server(name: string) {
  const health = PRODUCT.health.map(({ name: endpoint, url }) => ({ name: endpoint, url }));
  return {
    ...machine(name),
    role: 'identity',
    products: [{ kind: 'is', home: PRODUCT.home, unit: PRODUCT.unit, health }],
    drain: { haproxy: { via: BALANCER, socket: SOCKET, servers: [`gw/${name}`] } },
  };
}

function machine(name: string) {
  return { name, address: addressOf(name), host_keys: [hostKeyOf(name)] };
}
