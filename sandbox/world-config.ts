import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { HOME_TEAM, PEOPLE } from './cast.ts';
import type { HostEndpoint, RunningCustomer, RunningHosts } from './hosts/start-hosts.ts';

/** Who holds which role in the sandbox, for which customers. Nobody knows mallory. */
const ASSIGNMENTS = [
  { person: 'alice', role: 'operator', customers: 'all' },
  { person: 'bob', role: 'operator', customers: ['acme'] },
  { person: 'bob', role: 'approver', customers: ['acme'] },
  { person: 'carol', role: 'approver', customers: 'all' },
  { person: 'erin', role: 'auditor', customers: 'all' },
  { person: 'dana', role: 'customer', customers: ['acme'] },
  { person: 'gus', role: 'customer', customers: ['globex'] },
] as const;

const ROLES = {
  operator: ['host.read', 'inventory.read', 'access_path.check', 'patch.plan'],
  approver: ['host.read', 'inventory.read', 'patch.plan'],
  auditor: ['audit.read', 'inventory.read'],
  customer: ['host.read', 'inventory.read'],
} as const;

/** The sources that the sandbox's bastions let in, as they see them. */
const ALLOWED_SOURCES = ['127.0.0.0/8'];

/** Writes the `msops.yml` that fits the running hosts: their ports and the keys made for this run. */
export function writeWorldConfig(file: string, hosts: RunningHosts): void {
  const known = new Set<string>(ASSIGNMENTS.map(({ person }) => person));
  const people = PEOPLE.filter(({ handle }) => known.has(handle)).map(
    ({ handle, id, team, realName }) => [handle, { id: `${team}:${id}`, name: realName }] as const,
  );
  const config = {
    version: 1,
    home_team: HOME_TEAM.id,
    roles: ROLES,
    people: Object.fromEntries(people),
    assignments: ASSIGNMENTS,
    defaults: { ssh: { user: hosts.user }, service_user: 'wso2' },
    customers: hosts.customers.map(customerSection),
  };
  const heading = '# Written by the sandbox at each start, for the hosts of that run. Changes are lost.\n';
  writeFileSync(file, heading + stringify(config, { aliasDuplicateObjects: false }));
}

function customerSection({ plan, bastion, environments }: RunningCustomer) {
  const channels = (kind: 'ops' | 'shared') =>
    plan.channels.filter((channel) => channel.kind === kind).map((channel) => channel.id);
  return {
    id: plan.id,
    name: plan.name,
    ...(plan.slackTeamId === undefined ? {} : { slack_team: plan.slackTeamId }),
    channels: { ops: channels('ops'), shared: channels('shared') },
    bastions: [machine(bastion)],
    environments: environments.map(({ name, production, timeZone, hosts }) => ({
      name,
      production,
      time_zone: timeZone,
      access: { bastions: [bastion.name], allowed_sources: ALLOWED_SOURCES },
      hosts: hosts.map((host) => ({ ...machine(host), role: host.plan.role, ...productsOf(host.plan) })),
    })),
  };
}

function machine({ name, address, port, hostKey }: HostEndpoint) {
  return { name, address, ssh: { port }, host_keys: [hostKey] };
}

function productsOf({ product }: { readonly product?: { kind: string; home: string } | undefined }) {
  return product ? { products: [{ kind: product.kind, home: product.home }] } : {};
}
