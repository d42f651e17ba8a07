import type { CustomerScope } from '../../domain/actor.ts';
import type { Message } from '../../domain/message.ts';
import type { Approval, OpenSeats } from '../approvals/approval.ts';
import type { Drift as HostDrift } from '../linux-accounts/drift.ts';
import type { Grant, GrantHost, GrantState } from './grant.ts';

/** What the store keeps. */
export type StoredGrant = Grant;
export type StoredGrantHost = GrantHost;

export interface GrantStore {
  /** Once for each id; hosts of it `waiting`. */
  create(grant: Grant, hosts: readonly GrantHost[]): Promise<void>;
  find(id: string): Promise<Grant | undefined>;
  /** Reads under a lock, changes and writes as one. @throws when there is none. */
  update(id: string, change: (found: Grant) => Grant): Promise<Grant>;
  hosts(id: string): Promise<readonly GrantHost[]>;
  saveHost(id: string, host: string, change: Partial<GrantHost>): Promise<void>;
  /** Reads under a lock, changes and writes as one. @throws when there is none. */
  updateHost(id: string, host: string, change: (found: GrantHost) => GrantHost): Promise<GrantHost>;
  /** All that open something or have to be cleaned up: `granting`, `active`, `ending`; the next to end first. One indexed query. */
  open(): Promise<readonly Grant[]>;
  /** Those, and those that wait for a decision. */
  unfinished(): Promise<readonly Grant[]>;
  /** All that name this public key. */
  withKey(publicKey: string): Promise<readonly Grant[]>;
  list(filter: GrantFilter): Promise<readonly Grant[]>;
}

export interface GrantFilter {
  readonly customers: CustomerScope;
  readonly environment?: string | undefined;
  /** Any of their accounts. */
  readonly person?: string | undefined;
  readonly states?: readonly GrantState[] | undefined;
  /** 200 at most, newest first. */
  readonly limit?: number | undefined;
}

/** What messages about a grant show. */
export interface GrantFacts {
  readonly grant: Grant;
  readonly hosts: readonly GrantHost[];
  /** What is to be decided: of the extension while one is asked for, else of the request. */
  readonly approval: Approval | undefined;
  readonly openSeats: readonly OpenSeats[];
  readonly customerName: string;
  readonly timeZone: string;
  /** What they had before, newest first. */
  readonly before: readonly Grant[];
  /** How hosts are reached, for the one person whom it is for. */
  readonly ways: readonly HostWay[];
  readonly now: Date;
}

export interface HostWay {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** Bastions from the outermost inwards, `address:port`. */
  readonly bastions: readonly string[];
  /** SHA-256 fingerprints of the pinned host keys. */
  readonly fingerprints: readonly string[];
}

/** How grants are put into words; made by `views/`. */
export interface GrantWords {
  /** The card of a request and of what became of it. @param audience `ops` sees more and has more buttons. */
  card(facts: GrantFacts, audience: 'ops' | 'shared'): Message;
  /** For the person alone. */
  details(facts: GrantFacts): Message;
  reminder(facts: GrantFacts): Message;
  /** EXPIRED, NOT REVOKED; drawn again until it is done. */
  alarm(facts: GrantFacts): Message;
}

/** A difference between the grants and a host. */
export type Drift = HostDrift;
