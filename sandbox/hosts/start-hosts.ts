import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedKey } from 'ssh2';
import { type BastionControl, createBastionControl, createHostControl, type HostControl } from './host-control.ts';
import type { CustomerPlan, EnvironmentPlan, HostPlan } from './host-plan.ts';
import { type SandboxBastion, startSandboxBastion } from './sandbox-bastion.ts';
import { createSandboxHost, type SandboxHost } from './sandbox-host.ts';
import { generateKeyPair } from './ssh-keys.ts';
import { WORLD } from './world.ts';

/** Where something listens and which key it must show. */
export interface HostEndpoint {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** `ssh-ed25519 AAAA…` */
  readonly hostKey: string;
}

export interface RunningCustomer {
  readonly plan: CustomerPlan;
  readonly bastion: HostEndpoint;
  readonly environments: readonly RunningEnvironment[];
}

export interface RunningEnvironment extends Omit<EnvironmentPlan, 'hosts'> {
  readonly hosts: readonly (HostEndpoint & { readonly plan: HostPlan })[];
}

/** Breaks and mends the world. Names are those of the plan; an unknown one throws. */
export interface WorldControl {
  host(name: string): HostControl;
  bastion(name: string): BastionControl;
  readonly hostNames: readonly string[];
  readonly bastionNames: readonly string[];
}

export interface RunningHosts {
  readonly user: string;
  readonly customers: readonly RunningCustomer[];
  /** The operator's private key, 0600. */
  readonly operatorKeyFile: string;
  readonly control: WorldControl;
  stop(): Promise<void>;
}

const USER = 'ops';
const BASTION_ADDRESS = '10.20.0.2';

/**
 * Starts the customers' hosts and bastions in this process, on loopback ports of the system's choice.
 * @param options.directory for their files; what an earlier run left there is replaced.
 */
export async function startHosts(options: { readonly directory: string }): Promise<RunningHosts> {
  mkdirSync(options.directory, { recursive: true });
  const operatorKey = generateKeyPair();
  const operatorKeyFile = join(options.directory, 'operator-key');
  writeFileSync(operatorKeyFile, operatorKey.privatePem, { mode: 0o600 });
  const world = { directory: options.directory, authorizedKey: operatorKey.parsed };
  const started = await Promise.all(WORLD.map((plan) => startCustomer(plan, world)));
  const hosts = started.flatMap((customer) => customer.hosts);
  const bastions = started.map((customer) => customer.bastion);
  return {
    user: USER,
    customers: started.map(describeCustomer),
    operatorKeyFile,
    control: createWorldControl(hosts, bastions),
    stop: async () => {
      await Promise.all(bastions.map((bastion) => bastion.stop()));
      for (const host of hosts) {
        host.stop();
      }
    },
  };
}

interface StartedCustomer {
  readonly plan: CustomerPlan;
  readonly bastion: SandboxBastion;
  readonly hosts: readonly SandboxHost[];
}

async function startCustomer(
  plan: CustomerPlan,
  world: { directory: string; authorizedKey: ParsedKey },
): Promise<StartedCustomer> {
  const root = join(world.directory, plan.id);
  const common = { user: USER, authorizedKey: world.authorizedKey, bastionAddress: BASTION_ADDRESS };
  const hosts = plan.environments
    .flatMap((environment) => environment.hosts)
    .map((host, index) =>
      createSandboxHost(host, { ...common, root: join(root, host.name), address: `10.20.0.${11 + index}` }),
    );
  for (const host of hosts) {
    startAsPlanned(host);
  }
  const bastion = await startSandboxBastion({
    ...common,
    name: plan.bastion,
    root: join(root, plan.bastion),
    hosts: new Map(hosts.map((host) => [hostAddress(plan, host.plan), host])),
  });
  return { plan, bastion, hosts };
}

function startAsPlanned(host: SandboxHost): void {
  const control = createHostControl(host);
  const faults = {
    product_stopped: control.stopProduct,
    refusing: control.refuse,
    other_host_key: control.changeHostKey,
  };
  if (host.plan.startsAs) {
    faults[host.plan.startsAs]();
  }
}

function describeCustomer({ plan, bastion, hosts }: StartedCustomer): RunningCustomer {
  const pinnedKey = (name: string) => hosts.find((host) => host.plan.name === name)!.pinnedKey;
  return {
    plan,
    bastion: { name: bastion.name, address: '127.0.0.1', port: bastion.port, hostKey: bastion.hostKey },
    environments: plan.environments.map(({ hosts: plans, ...environment }) => ({
      ...environment,
      hosts: plans.map((host) => ({
        plan: host,
        name: host.name,
        address: hostAddress(plan, host),
        port: 22,
        hostKey: pinnedKey(host.name),
      })),
    })),
  };
}

function hostAddress(customer: CustomerPlan, host: HostPlan): string {
  return `${host.name}.${customer.id}.internal`;
}

function createWorldControl(hosts: readonly SandboxHost[], bastions: readonly SandboxBastion[]): WorldControl {
  const hostControls = new Map(hosts.map((host) => [host.plan.name, createHostControl(host)]));
  const bastionControls = new Map(bastions.map((bastion) => [bastion.name, createBastionControl(bastion)]));
  return {
    host: (name) => named(hostControls, name),
    bastion: (name) => named(bastionControls, name),
    hostNames: [...hostControls.keys()],
    bastionNames: [...bastionControls.keys()],
  };
}

function named<T>(things: ReadonlyMap<string, T>, name: string): T {
  const thing = things.get(name);
  if (thing === undefined) {
    throw new Error(`There is no "${name}" in the sandbox. There are: ${[...things.keys()].join(', ')}.`);
  }
  return thing;
}
