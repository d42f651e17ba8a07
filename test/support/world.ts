import type { Actor, PersonId } from '../../src/domain/actor.ts';
import {
  type ChannelBinding,
  type Customer,
  DEFAULT_ROLLOUT,
  type Environment,
  type Host,
  type SshEndpoint,
} from '../../src/domain/inventory.ts';
import type { Permission, RoleTable } from '../../src/domain/permission.ts';
import type { Place } from '../../src/domain/place.ts';
import type { InventoryConfig } from '../../src/services/inventory/inventory-config.ts';

/** The sandbox's customers and people, small and without anything that is not looked at. */
const threshold = { warning: 80, critical: 90 };

export function anEndpoint(name: string, overrides: Partial<SshEndpoint> = {}): SshEndpoint {
  return { name, address: '192.0.2.1', port: 22, user: 'msops', hostKeys: ['ssh-ed25519 AAAA'], ...overrides };
}

export function aHost(name: string, overrides: Partial<Host> = {}): Host {
  return {
    name,
    role: 'gateway',
    ssh: anEndpoint(name),
    products: [],
    thresholds: {
      cpuBusy: threshold,
      loadPerCore: { warning: 2, critical: 4 },
      memoryUsed: threshold,
      diskUsed: threshold,
      inodesUsed: threshold,
      oldGenUsed: threshold,
    },
    ...overrides,
  };
}

export function anEnvironment(customer: string, name: string, hosts: readonly string[]): Environment {
  return {
    customer,
    name,
    production: name === 'prod',
    timeZone: 'UTC',
    accessPath: { bastions: [], allowedSources: [] },
    rollout: DEFAULT_ROLLOUT,
    hosts: hosts.map((host) => aHost(host)),
  };
}

const CUSTOMERS: readonly Customer[] = [
  {
    id: 'acme',
    name: 'Acme Bank',
    slackTeamId: 'T0ACME',
    channels: [ops('C0ACMEOPS'), ops('C0OPSALL'), shared('C0ACMESHARED')],
    environments: [
      anEnvironment('acme', 'prod', ['apim-1', 'apim-2', 'Mi_1']),
      anEnvironment('acme', 'dev', ['dev-1']),
    ],
  },
  {
    id: 'globex',
    name: 'Globex Health',
    slackTeamId: 'T0GLOBEX',
    channels: [ops('C0GLOBEXOPS'), ops('C0OPSALL'), shared('C0GLOBEXSHARED')],
    environments: [anEnvironment('globex', 'prod', ['gw-1', 'gw-2'])],
  },
  {
    id: 'initech',
    name: 'Initech',
    channels: [ops('C0INITECHOPS'), ops('C0OPSALL')],
    environments: [anEnvironment('initech', 'prod', ['esb-1']), anEnvironment('initech', 'stage', ['esb-s'])],
  },
];

const ROLES: RoleTable = {
  operator: [
    ...['host.read', 'inventory.read', 'access_path.check', 'patch.plan', 'change.request', 'change.approve'],
    ...['rollout.read', 'rollout.control', 'break_glass.use', 'alert.read', 'alert.manage'],
  ] as Permission[],
  approver: [
    ...['host.read', 'inventory.read', 'patch.plan', 'change.approve', 'rollout.read', 'rollout.control'],
    ...['lock.break', 'break_glass.review', 'alert.read', 'alert.manage'],
  ] as Permission[],
  auditor: ['audit.read', 'inventory.read', 'rollout.read', 'alert.read'],
  customer: ['host.read', 'inventory.read', 'change.approve', 'rollout.read', 'alert.read'],
};

const PEOPLE = {
  alice: aPerson('T0MERIDIAN:U0ALICE', { operator: 'all' }),
  bob: aPerson('T0MERIDIAN:U0BOB', { operator: ['acme'], approver: ['acme'] }),
  carol: aPerson('T0MERIDIAN:U0CAROL', { approver: 'all' }),
  erin: aPerson('T0MERIDIAN:U0ERIN', { auditor: 'all' }),
  dana: aPerson('T0ACME:U0DANA', { customer: ['acme'] }),
  gus: aPerson('T0GLOBEX:U0GUS', { customer: ['globex'] }),
};

export type KnownPerson = keyof typeof PEOPLE;

export function theActor(handle: KnownPerson): Actor {
  return PEOPLE[handle];
}

/** The whole world, as the configuration gives it to the inventory. */
export function aWorld(overrides: Partial<InventoryConfig> = {}): InventoryConfig {
  return {
    homeTeam: 'T0MERIDIAN',
    inventory: { customers: CUSTOMERS },
    roles: ROLES,
    people: Object.values(PEOPLE),
    ...overrides,
  };
}

export function channel(channelId: string): Place {
  return { kind: 'channel', channelId };
}

export function aPerson(id: PersonId, roles: Readonly<Record<string, 'all' | readonly string[]>>): Actor {
  const grants = Object.entries(roles).map(([role, customers]) => ({ role, customers }));
  return { id, displayName: id, grants };
}

function ops(channelId: string): ChannelBinding {
  return { channelId, kind: 'ops' };
}

function shared(channelId: string): ChannelBinding {
  return { channelId, kind: 'shared' };
}
