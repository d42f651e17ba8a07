import { count } from '../domain/count.ts';
import type { Config } from './config.ts';

/** The configuration in one paragraph, so that whoever wrote it sees at a glance what arrived. */
export function describeConfig({ inventory, people, roles, policies }: Config): string {
  const { customers } = inventory;
  const environments = customers.flatMap((customer) => customer.environments);
  const production = environments.filter((environment) => environment.production).length;
  const hosts = environments.flatMap((environment) => environment.hosts).length;
  const idle = people.filter(({ grants }) => grants.length === 0).length;
  return [
    `${count(customers.length, 'customer')} (${customers.map(({ id }) => id).join(', ')})`,
    `with ${count(environments.length, 'environment')}, ${production} of them production, and ${count(hosts, 'host')};`,
    `${count(people.length, 'person', 'people')}${idle > 0 ? ` (${idle} without a role)` : ''},`,
    `${count(Object.keys(roles).length, 'role')} and ${count(policies.length, 'approval policy', 'approval policies')}.`,
  ].join(' ');
}
