import type { Person } from '../../domain/actor.ts';

/** What somebody of a customer may be let into, for reading. */
export const ACCESS_KINDS = ['dashboard', 'logs', 'linux'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** What is asked for; the approval is of this, of the person and of the end. */
export interface AccessWish {
  /** At least one, in the order of `ACCESS_KINDS`. */
  readonly kinds: readonly AccessKind[];
  /** With `linux`. */
  readonly linux?: LinuxWish | undefined;
}

export interface LinuxWish {
  /** At least one. */
  readonly hosts: readonly string[];
  /** `ssh-ed25519 AAAA…`. */
  readonly publicKey: string;
  /** Also the logs of the products there. */
  readonly productLogs: boolean;
}

/**
 * `requested` → `granting` → `active` → `ending` → `ended`, or `rejected`, `lapsed` (nobody decided in time), `withdrawn`.
 * While hosts of it cannot be cleaned up it stays `ending`.
 */
export const GRANT_STATES = [
  'requested',
  'granting',
  'active',
  'ending',
  'ended',
  'rejected',
  'lapsed',
  'withdrawn',
] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** Access that ends by itself. Plain JSON but for its dates. */
export interface Grant {
  /** Short. */
  readonly id: string;
  readonly customer: string;
  /** Name alone. Of `dashboard` and `logs` it is where they lead; the role is for the customer. */
  readonly environment: string;
  /** Who gets it. */
  readonly person: Person;
  /** Their account in the shared channel, `U…`, for what only they may see. */
  readonly userId: string;
  /** Their workspace. */
  readonly team: string;
  readonly wish: AccessWish;
  readonly until: Date;
  readonly reason: string;
  readonly ticket?: string | undefined;
  /** Of the approval that decides: `<id>-1`, or a later one when it was asked again for less time. */
  readonly approvalId: string;
  /** How many approvals were asked for, extensions among them; missing: one. */
  readonly asked?: number | undefined;
  /** Where it was asked for, then where it is decided. */
  readonly channels: readonly { readonly channelId: string; readonly kind: 'ops' | 'shared' }[];
  readonly state: GrantState;
  readonly requestedAt: Date;
  readonly begunAt?: Date | undefined;
  /** Somebody or something wants it to end before its time. */
  readonly endWish?: EndWish | undefined;
  readonly endedAt?: Date | undefined;
  /** Asked for, and not decided. */
  readonly extension?: Extension | undefined;
  readonly remindedAt?: Date | undefined;
  /** For people: why it was rejected, what failed. */
  readonly note?: string | undefined;
  /** What the audit log has of it, and what somebody writes there now: so that each is there once. */
  readonly recorded?: readonly string[] | undefined;
  /** When it was first told that hosts are left behind. */
  readonly alarmedAt?: Date | undefined;
  /** Accounts that were made too late, after its end had begun. */
  readonly lateAccounts?: number | undefined;
  readonly recording?: { readonly key: string; readonly at: Date } | undefined;
}

export interface EndWish {
  readonly why: 'done' | 'revoked' | 'channel_unshared' | 'person_left' | 'person_unknown' | 'failed';
  /** `undefined`: msops. */
  readonly by?: Person | undefined;
  readonly reason?: string | undefined;
  readonly at: Date;
}

/** A later end that was asked for. The old one stays true until it is approved. */
export interface Extension {
  readonly approvalId: string;
  readonly until: Date;
  readonly reason: string;
  readonly requestedAt: Date;
  /** Who asked, and by which submission. */
  readonly by?: Person | undefined;
  readonly requestId?: string | undefined;
  /** The end when it was asked. */
  readonly from?: Date | undefined;
  /** `until` has moved, and hosts are being told. */
  readonly approvedAt?: Date | undefined;
}

/** One host of a grant. */
export interface GrantHost {
  readonly host: string;
  readonly user: string;
  /** `left_behind`: the end has come and it could not be cleaned up yet. */
  readonly state: 'waiting' | 'made' | 'failed' | 'left_behind' | 'removed';
  readonly note?: string | undefined;
  /** Attempts to clean it up. */
  readonly tries: number;
  readonly triedAt?: Date | undefined;
  /** Written before the account is made, so that nobody takes it for not made. */
  readonly makingAt?: Date | undefined;
  /** Homes of products whose logs were ever opened to it. */
  readonly productHomes?: readonly string[] | undefined;
}
