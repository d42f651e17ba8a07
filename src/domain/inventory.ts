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
}

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
}

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
