import type {
  AccessPath,
  ChannelBinding,
  Customer,
  Environment,
  HealthEndpoint,
  Host,
  Product,
  SshEndpoint,
} from '../domain/inventory.ts';
import type { CustomerSection, EnvironmentSection } from './customer-section.ts';
import { toDigests } from './digest-section.ts';
import type { HostSection, ProductSection } from './host-section.ts';
import type { DefaultsSection } from './msops-file.ts';
import { defaultHealth } from './product-kinds.ts';
import { toReadAccess } from './read-access-section.ts';
import { mergeThresholds } from './thresholds.ts';
import { holdsOfHost, mergeMonitoring } from './to-monitoring.ts';
import { toReceivers } from './to-receivers.ts';
import { mergeRollout, toDrain } from './to-rollout.ts';

const SSH_PORT = 22;
const SSH_USER = 'msops';
/** The account of WSO2's own images and documentation. */
const SERVICE_USER = 'wso2carbon';

/** A customer with every default filled in. References have been checked before. */
export function toCustomer(section: CustomerSection, defaults: DefaultsSection): Customer {
  return {
    id: section.id,
    name: section.name,
    slackTeamId: section.slack_team,
    channels: [...bindings(section, 'ops'), ...bindings(section, 'shared')],
    environments: section.environments.map((environment) => toEnvironment(environment, section, defaults)),
    receivers: toReceivers(section.receivers),
    digests: toDigests(section.digests),
    access: toReadAccess(section.read_access),
    tokens: section.tokens,
  };
}

function bindings({ channels }: CustomerSection, kind: ChannelBinding['kind']): readonly ChannelBinding[] {
  return channels[kind].map((channelId) => ({ channelId, kind }));
}

function toEnvironment(section: EnvironmentSection, customer: CustomerSection, defaults: DefaultsSection): Environment {
  const thresholds = [defaults.thresholds, section.thresholds];
  const monitoring = section.production ? mergeMonitoring([defaults.monitoring, section.monitoring]) : undefined;
  return {
    customer: customer.id,
    name: section.name,
    production: section.production,
    timeZone: section.time_zone,
    accessPath: toAccessPath(section, customer, defaults),
    rollout: mergeRollout([defaults.rollout, section.rollout]),
    securityWithinMs: section.security_within ?? defaults.security_within,
    monitoring,
    hosts: section.hosts.map((host) => {
      const role = section.roles?.[host.role];
      return {
        ...toHost(host, defaults),
        thresholds: mergeThresholds([...thresholds, role?.thresholds, host.thresholds]),
        holds: holdsOfHost(monitoring?.holds, [role?.holds, host.holds]),
      };
    }),
  };
}

function toAccessPath(
  { access }: EnvironmentSection,
  customer: CustomerSection,
  defaults: DefaultsSection,
): AccessPath {
  const chain = (access.bastions ?? []).map((name) => customer.bastions.find((bastion) => bastion.name === name));
  const { vpn } = access;
  return {
    bastions: chain.filter((bastion) => bastion !== undefined).map((bastion) => toEndpoint(bastion, defaults)),
    vpn: vpn && {
      kind: vpn.kind,
      interface: vpn.interface,
      maxHandshakeAgeSeconds: vpn.max_handshake_age / 1000,
    },
    allowedSources: access.allowed_sources,
  };
}

type Machine = CustomerSection['bastions'][number];

function toEndpoint({ name, address, ssh, host_keys: hostKeys }: Machine, defaults: DefaultsSection): SshEndpoint {
  return {
    name,
    address,
    port: ssh?.port ?? defaults.ssh?.port ?? SSH_PORT,
    user: ssh?.user ?? defaults.ssh?.user ?? SSH_USER,
    hostKeys,
  };
}

function toHost(section: HostSection, defaults: DefaultsSection): Omit<Host, 'thresholds' | 'holds'> {
  return {
    name: section.name,
    role: section.role,
    ssh: toEndpoint(section, defaults),
    products: section.products.map((product) => toProduct(product, defaults)),
    drain: toDrain(section.name, section.drain),
  };
}

function toProduct(section: ProductSection, defaults: DefaultsSection): Product {
  const health = section.health?.map((endpoint) => ({
    name: endpoint.name,
    url: endpoint.url,
    expectedStatus: endpoint.expected_status,
    caFile: endpoint.ca_file,
    owner: endpoint.owner,
  }));
  return {
    name: section.name ?? section.kind,
    home: section.home,
    serviceUser: section.service_user ?? defaults.service_user ?? SERVICE_USER,
    health: withDefaults(health, defaultHealth(section.kind, section.offset)),
    unit: section.unit,
  };
}

/** Services of the customer are asked beside what the product says of itself; other endpoints are asked instead of it. */
function withDefaults(
  given: readonly HealthEndpoint[] | undefined,
  ofProduct: readonly HealthEndpoint[],
): readonly HealthEndpoint[] {
  const isAllTheirs = given?.every(({ owner }) => owner === 'customer') === true && given.length > 0;
  return isAllTheirs ? [...ofProduct, ...given] : (given ?? ofProduct);
}
