import { stringify } from 'yaml';
import { CHANNELS, HOME_TEAM, PEOPLE } from '../../sandbox/cast.ts';
import { addressOf, hostKeyOf, TUNNEL } from './fleet.ts';
import { PRODUCT } from './fleet-hosts.ts';

/** The `msops.yml` of the fleet: acme behind the bastion, globex behind the tunnel. */
export function fleetMsopsYml(): string {
  const alice = PEOPLE.find(({ handle }) => handle === 'alice')!;
  return stringify({
    version: 1,
    home_team: HOME_TEAM.id,
    roles: { operator: ['host.read', 'inventory.read', 'access_path.check'] },
    people: { alice: { id: `${alice.team}:${alice.id}`, name: alice.realName } },
    assignments: [{ person: 'alice', role: 'operator', customers: 'all' }],
    defaults: {
      ssh: { user: 'ops' },
      service_user: PRODUCT.serviceUser,
      // Cores and memory are those of the machine that the fleet shares with other work.
      thresholds: {
        cpu_busy: { warning: 99.8, critical: 99.9 },
        load_per_core: { warning: 500, critical: 1000 },
        memory_used: { warning: 99.8, critical: 99.9 },
      },
    },
    customers: [
      customer('acme', ['a1', 'a2', 'a3'], { bastions: ['bastion'], allowed_sources: ['10.213.0.0/28'] }),
      customer('globex', ['b1'], { vpn: { kind: 'wireguard', interface: TUNNEL } }),
    ],
  });
}

function customer(
  id: string,
  hosts: readonly string[],
  access: { readonly bastions?: readonly string[]; readonly [key: string]: unknown },
) {
  return {
    id,
    name: id,
    channels: { ops: [channelId(`${id}-ops`), channelId('ops-all')] },
    bastions: (access.bastions ?? []).map(machine),
    environments: [
      {
        name: 'prod',
        production: true,
        monitoring: 'off',
        time_zone: 'Etc/UTC',
        access,
        hosts: hosts.map((name) => ({ ...machine(name), role: 'identity', products: [product()] })),
      },
    ],
  };
}

function machine(name: string) {
  return { name, address: addressOf(name), host_keys: [hostKeyOf(name)] };
}

function product() {
  const health = PRODUCT.health.map(({ name, url }) => ({ name, url }));
  return { kind: 'is', home: PRODUCT.home, unit: PRODUCT.unit, health };
}

function channelId(name: string): string {
  return CHANNELS.find((channel) => channel.name === name)!.id;
}
