import type { Metric } from './metric.ts';
import type { DigestSettings, NoticeRule, Receivers } from './receivers.ts';

/** What the configuration says there is: customers, environments, the way in, hosts and what runs on them. */
export interface Inventory {
  readonly customers: readonly Customer[];
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  /** The customer's own Slack workspace, for shared channels. */
  readonly slackTeamId?: string | undefined;
  readonly channels: readonly ChannelBinding[];
  readonly environments: readonly Environment[];
  /** How alerts leave Slack; missing: they do not. */
  readonly receivers?: Receivers | undefined;
  readonly digests?: DigestSettings | undefined;
  /** Missing: nobody of theirs can ask for access. */
  readonly access?: AccessSettings | undefined;
  /** Of the tokens by which the customer's own monitoring may read metrics and send alerts; names of secrets. */
  readonly tokens?: { readonly metrics?: string | undefined; readonly alerts?: string | undefined } | undefined;
}

/** What people of a customer may ask for. All times in milliseconds. */
export interface AccessSettings {
  readonly kinds: readonly ('dashboard' | 'logs' | 'linux')[];
  /** From the request to the end. */
  readonly longestMs: number;
  /** How long before the end the person is reminded. */
  readonly remindMs: number;
}

/** A Slack channel where this customer's systems may be shown. An `ops` channel may be bound to several customers. */
export interface ChannelBinding {
  readonly channelId: string;
  readonly kind: 'ops' | 'shared';
}

export interface Environment {
  readonly customer: string;
  readonly name: string;
  readonly production: boolean;
  /** IANA name; log lines of WSO2 products carry no zone. */
  readonly timeZone: string;
  readonly accessPath: AccessPath;
  readonly hosts: readonly Host[];
  readonly rollout: RolloutSettings;
  /** Production only; missing: nobody watches it. */
  readonly monitoring?: MonitoringSettings | undefined;
  /** A security update that waits for longer breaks the promise; `undefined`: no limit was agreed. Milliseconds. */
  readonly securityWithinMs?: number | undefined;
}

/**
 * What an alert can be about. `service`: health checks of what belongs to the customer. `external`: what a customer's own
 * monitoring reports.
 */
export const SIGNALS = [
  'access_path',
  'reachability',
  'disk',
  'inodes',
  'memory',
  'cpu',
  'load',
  'heap',
  'application',
  'missing',
  'certificate',
  'service',
  'external',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** How an environment is watched. All times in milliseconds. */
export interface MonitoringSettings {
  /** Of each host. */
  readonly everyMs: number;
  /** Whether the channels shared with the customer see alerts too. */
  readonly tellCustomer: boolean;
  /** How long something must be so before anybody is told, and how long it must be well again. */
  readonly holds: Readonly<Record<Signal, HoldTimes>>;
  /** Where to read what to do, by signal; https. */
  readonly runbooks: Readonly<Partial<Record<Signal, string>>>;
  /** Who is told outside Slack, and of what. */
  readonly notices: readonly NoticeRule[];
  /** Where metrics are read from; missing: what msops itself has kept. */
  readonly metricSource?: PrometheusSource | undefined;
}

/** A Prometheus of the customer, read instead of storing twice. */
export interface PrometheusSource {
  /** Base address, `https://prometheus.acme.example`; asked is `/api/v1/query_range`. */
  readonly url: string;
  /** Name of the secret with a bearer token. */
  readonly token?: string | undefined;
  /** PromQL by metric; `{{host}}` stands for the host's name and is always inside a quoted label value. A metric that is not named is read from what msops has kept. */
  readonly queries: Readonly<Partial<Record<Metric, string | undefined>>>;
}

export interface HoldTimes {
  readonly warningMs: number;
  readonly criticalMs: number;
  readonly clearMs: number;
}

/** How changes go over the hosts of an environment. All times in milliseconds. */
export interface RolloutSettings {
  /** Hosts of the first wave, 0 or more; 0: no canary. */
  readonly canary: number;
  /** Hosts of each later wave: a number, or a share of all hosts of the rollout, rounded down, at least one. */
  readonly wave: { readonly hosts: number } | { readonly percent: number };
  /** A rollout stops when more hosts than this have failed. */
  readonly maxFailuresPerWave: number;
  readonly maxFailures: number;
  /** By role: how many healthy hosts must stay in service. A role that is not named: 1. */
  readonly keepRunning: Readonly<Record<string, number>>;
  /** From the change to an application that says that it is well. */
  readonly startDeadlineMs: number;
  /** How long a host must stay well before it counts as done. */
  readonly observeMs: number;
  /** Until the connections of a drained host have ended. */
  readonly drainDeadlineMs: number;
  /** For the change itself on one host. */
  readonly changeDeadlineMs: number;
  /** How long to wait for somebody else's apt or dnf. */
  readonly packageLockMs: number;
  /** Alerts of a host are silenced for so long at most. */
  readonly maintenanceMs: number;
  /** Services that run on replaced files. */
  readonly restart: 'needed' | 'never';
  readonly reboot: 'needed' | 'never';
}

/** Used where the configuration says nothing. */
export const DEFAULT_ROLLOUT: RolloutSettings = {
  canary: 1,
  wave: { percent: 25 },
  maxFailuresPerWave: 0,
  maxFailures: 0,
  keepRunning: {},
  startDeadlineMs: 600_000,
  observeMs: 60_000,
  drainDeadlineMs: 60_000,
  changeDeadlineMs: 3_600_000,
  packageLockMs: 300_000,
  maintenanceMs: 7_200_000,
  restart: 'needed',
  reboot: 'never',
};

/** How the bot reaches the hosts of an environment. With a VPN the tunnel is up on the bot's own machine. */
export interface AccessPath {
  /** Bastions from the outermost inwards; empty: direct. */
  readonly bastions: readonly SshEndpoint[];
  readonly vpn?: Vpn | undefined;
  /** Source addresses (CIDR) that the customer's firewall lets in, for `/msops connect`; empty: not checked. */
  readonly allowedSources: readonly string[];
}

export interface SshEndpoint {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Pinned keys as `ssh-ed25519 AAAA…` (an authorized_keys line without options); at least one. */
  readonly hostKeys: readonly string[];
}

export interface Vpn {
  readonly kind: 'wireguard' | 'openvpn';
  /** Tunnel interface on the bot's machine, e.g. `wg-globex`. */
  readonly interface: string;
  /** A handshake older than this is a tunnel that is down. Seconds. */
  readonly maxHandshakeAgeSeconds: number;
}

export interface Host {
  readonly name: string;
  readonly role: string;
  readonly ssh: SshEndpoint;
  readonly products: readonly Product[];
  readonly thresholds: Thresholds;
  /** Where they differ from those of the environment, for its role or for itself. */
  readonly holds?: Readonly<Partial<Record<Signal, HoldTimes>>> | undefined;
  /** How requests are kept away from it during a change; missing: they are not. */
  readonly drain?: Drain | undefined;
}

/** How a host is taken out of its load balancer and put back. */
export type Drain =
  | {
      readonly kind: 'haproxy';
      /** Name of the host of this environment from which HAProxy's runtime API is reached. */
      readonly via: string;
      /** As that host sees it. */
      readonly api: { readonly socket: string } | { readonly address: string; readonly port: number };
      /** `backend/server`, at least one. */
      readonly servers: readonly string[];
    }
  | {
      readonly kind: 'command';
      /** Name of the host on which the commands run. */
      readonly via: string;
      /** Argument lists. Each must be safe to run twice and exit with 0 when the state is reached. */
      readonly drain: readonly string[];
      readonly ready: readonly string[];
    };

/** A WSO2 product on a host. */
export interface Product {
  readonly name: string;
  /** CARBON_HOME, absolute. */
  readonly home: string;
  /** The account that runs the JVM; its heap counters are read as this user. */
  readonly serviceUser: string;
  /** `java` is found by `-Dcarbon.home=<home>` in its command line. */
  readonly health: readonly HealthEndpoint[];
  /** systemd unit, when the host has one; else the scripts in `bin/`. */
  readonly unit?: string | undefined;
}

/** Asked from the host itself, so no port has to be open to the bot. */
export interface HealthEndpoint {
  readonly name: string;
  readonly url: string;
  readonly expectedStatus: number;
  /** PEM file on the host; without it the certificate of a loopback address is not checked. */
  readonly caFile?: string | undefined;
  /** `customer`: a service of theirs on top of the product. Its alerts go to their channel and page nobody of ours. */
  readonly owner?: 'customer' | undefined;
}

/** Percent of the whole, `warning` below `critical`. */
export interface Threshold {
  readonly warning: number;
  readonly critical: number;
}

export interface Thresholds {
  readonly cpuBusy: Threshold;
  /** Load average (1 min) per core; not a percentage. */
  readonly loadPerCore: Threshold;
  readonly memoryUsed: Threshold;
  readonly diskUsed: Threshold;
  readonly inodesUsed: Threshold;
  readonly oldGenUsed: Threshold;
}
