import type { AllowedHours } from '../../domain/approval-policy.ts';
import type { Message } from '../../domain/message.ts';
import type { Approval, OpenSeats } from '../approvals/approval.ts';
import type { EnvironmentLock, Rollout, RolloutHost } from './rollout.ts';

/** What the store keeps. */
export type StoredRollout = Rollout;
export type StoredHost = RolloutHost;
export type StoredLock = EnvironmentLock;

export interface RolloutStore {
  /** Resolves `false` when there is one with this id already; it stays as it is. */
  create(rollout: Rollout, hosts: readonly RolloutHost[]): Promise<boolean>;
  find(id: string): Promise<Rollout | undefined>;
  /** Newest first. */
  list(filter: RolloutFilter): Promise<readonly Rollout[]>;
  /** Reads, changes and writes under a lock of its own; whoever comes meanwhile waits. @throws when there is none. */
  update(id: string, change: (found: Rollout) => Rollout): Promise<Rollout>;
  /** By wave and name. */
  hosts(id: string): Promise<readonly RolloutHost[]>;
  /** Writes what is given of one host over what is there. */
  saveHost(id: string, host: string, change: Partial<RolloutHost>): Promise<void>;
  /** Another plan, before anything was done. */
  replaceHosts(id: string, hosts: readonly RolloutHost[]): Promise<void>;
}

export interface RolloutFilter {
  readonly customers: 'all' | readonly string[];
  readonly environment?: string | undefined;
  /** Only those that have not ended; `false`: only those that have. */
  readonly isOpen?: boolean | undefined;
  /** Of the newest, only those that have ended then or later. */
  readonly endedSince?: Date | undefined;
  readonly limit: number;
}

/** One lock a customer and environment, by one conditional write. Times are the database's. */
export interface EnvironmentLocks {
  /** For the owner of the lock: `true` again. Else resolves with whose it is. */
  take(lock: Omit<EnvironmentLock, 'takenAt'>): Promise<{ taken: true } | { taken: false; held: EnvironmentLock }>;
  find(customer: string, environment: string): Promise<EnvironmentLock | undefined>;
  /** Only of this owner. */
  release(customer: string, environment: string, owner: string): Promise<void>;
}

/** Hosts whose alerts are silent because somebody works on them. */
export interface Maintenances {
  begin(maintenance: Maintenance): Promise<void>;
  end(maintenance: Pick<Maintenance, 'customer' | 'environment' | 'host' | 'owner'>): Promise<void>;
  /** Those whose time is not over. */
  active(): Promise<readonly Maintenance[]>;
}

export interface Maintenance {
  readonly customer: string;
  readonly environment: string;
  readonly host: string;
  /** Id of the rollout. */
  readonly owner: string;
  readonly reason: string;
  readonly until: Date;
}

/** Everything that a card shows. */
export interface RolloutFacts {
  readonly rollout: Rollout;
  readonly hosts: readonly RolloutHost[];
  readonly approval: Approval | undefined;
  readonly openSeats: readonly OpenSeats[];
  readonly now: Date;
  /** Address of the message about a host in the card's thread, by host; as far as there is one. */
  readonly links: Readonly<Record<string, string>>;
  /** IANA name of the environment's zone. Missing: times are shown in the reader's zone alone. */
  readonly timeZone?: string | undefined;
  /** For people to read; the id of the customer when it is missing. */
  readonly customerName?: string | undefined;
  /** When the policy lets it start; missing: at any time. */
  readonly allowedHours?: AllowedHours | undefined;
}

/** Those who read a card where it was asked for, or the customer where only their yes is needed. */
export type CardAudience = 'askers' | 'customer';

/** How a rollout is put into words; made by `views/`. */
export interface RolloutWords {
  card(facts: RolloutFacts, audience?: CardAudience): Message;
  /** One host that has ended, for the card's thread. */
  hostEnded(rollout: Rollout, host: RolloutHost): Message;
  /** The end, for the card's thread. */
  summary(facts: RolloutFacts): Message;
}
