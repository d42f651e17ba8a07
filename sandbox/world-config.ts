import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { HOME_TEAM, PEOPLE } from './cast.ts';
import type { HostPlan } from './hosts/host-plan.ts';
import type { HostEndpoint, RunningCustomer, RunningEnvironment, RunningHosts } from './hosts/start-hosts.ts';
import { APPROVAL_POLICIES, ASSIGNMENTS, MONITORING, ROLES, ROLLOUT } from './world-policies.ts';
import { noticesOf, type Reach, receiversOf } from './world-receivers.ts';

/** The sources that the sandbox's bastions let in, as they see them. */
const ALLOWED_SOURCES = ['127.0.0.0/8'];

export interface WorldConfigOptions {
  /** Whether the bot watches production, which only people want: tests look at each message that it sends. */
  readonly isWatched?: boolean | undefined;
  /** By what alerts and reports leave Slack; without it they do not. */
  readonly reach?: Reach | undefined;
}

/** Writes the `msops.yml` that fits the running hosts: their ports and the keys made for this run. */
export function writeWorldConfig(file: string, hosts: RunningHosts, options: WorldConfigOptions = {}): void {
  const { isWatched, reach } = options;
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
    defaults: {
      ssh: { user: hosts.user },
      service_user: 'wso2',
      rollout: ROLLOUT,
      security_within: '7d',
      monitoring: isWatched === true ? MONITORING : 'off',
    },
    approval_policies: APPROVAL_POLICIES,
    customers: hosts.customers.map((customer) => ({
      ...customerSection(customer, reach),
      ...(reach === undefined ? {} : receiversOf(customer.plan.id, reach)),
    })),
  };
  const heading = '# Written by the sandbox at each start, for the hosts of that run. Changes are lost.\n';
  writeFileSync(file, heading + stringify(config, { aliasDuplicateObjects: false }));
}

function customerSection({ plan, bastion, environments }: RunningCustomer, reach: Reach | undefined) {
  const channels = (kind: 'ops' | 'shared') =>
    plan.channels.filter((channel) => channel.kind === kind).map((channel) => channel.id);
  return {
    id: plan.id,
    name: plan.name,
    ...(plan.slackTeamId === undefined ? {} : { slack_team: plan.slackTeamId }),
    channels: { ops: channels('ops'), shared: channels('shared') },
    ...(plan.slackTeamId === undefined ? {} : { read_access: { at_most: '3d', remind_before: '15m' } }),
    bastions: [machine(bastion)],
    environments: environments.map((environment) => ({
      ...environmentSection(environment, bastion),
      ...(reach === undefined || !environment.production ? {} : { monitoring: { notices: noticesOf(plan.id) } }),
    })),
  };
}

function environmentSection({ name, production, timeZone, hosts }: RunningEnvironment, bastion: HostEndpoint) {
  return {
    name,
    production,
    time_zone: timeZone,
    access: { bastions: [bastion.name], allowed_sources: ALLOWED_SOURCES },
    ...keepRunning(hosts.map(({ plan }) => plan)),
    hosts: hosts.map((host) => ({
      ...machine(host),
      role: host.plan.role,
      ...productsOf(host.plan),
      ...drainOf(host.plan),
    })),
  };
}

/** A role of one host could never be changed, unless that host may go down. */
function keepRunning(plans: readonly HostPlan[]) {
  const single = plans.filter(({ role }) => plans.filter((other) => other.role === role).length === 1);
  const roles = Object.fromEntries(single.map(({ role }) => [role, 0]));
  return single.length > 0 ? { rollout: { keep_running: roles } } : {};
}

/** Gateways stand behind a load balancer with a command of its own. */
function drainOf({ name, role }: HostPlan) {
  const command = { drain: ['load-balancer', 'take-out', name], ready: ['load-balancer', 'put-back', name] };
  return role === 'gateway' ? { drain: { command } } : {};
}

function machine({ name, address, port, hostKey }: HostEndpoint) {
  return { name, address, ssh: { port }, host_keys: [hostKey] };
}

function productsOf({ product }: HostPlan) {
  return product
    ? { products: [{ kind: product.kind, home: product.home, ...(product.unit ? { unit: product.unit } : {}) }] }
    : {};
}
