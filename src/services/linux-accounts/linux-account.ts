import type { Environment, Host } from '../../domain/inventory.ts';

/** A read-only account on one host, as a grant wants it. Made from the grant alone, so that it can be made again. */
export interface LinuxAccount {
  readonly grantId: string;
  /** `msro-7kq2m9xd`: made of the grant, so it belongs to no other. */
  readonly user: string;
  /** `ssh-ed25519 AAAA…`, without options and comment. */
  readonly publicKey: string;
  /** The host itself lets nobody in after it. */
  readonly until: Date;
  /** Homes of products whose logs may be read; empty: none. */
  readonly productHomes: readonly string[];
}

export interface AccountTarget {
  readonly environment: Environment;
  readonly host: Host;
}

/** How an attempt on a host ended. A failure says what is the matter and what to do next. */
export type AccountEnd =
  | { readonly ok: true; readonly note?: string | undefined }
  | { readonly ok: false; readonly reason: string; readonly advice?: string | undefined };

/** Accounts on hosts. Each call may be made again at any time, and reads back what it has done. */
export interface LinuxAccounts {
  /**
   * Makes the account, or brings it to this state: key with a minute's grain, end of the account, groups for reading,
   * ACLs of product logs, no password, no sudo, no forwarding. Never takes over an account that is not of this grant.
   * Half a success is undone. @throws {HopFailure}
   */
  make(target: AccountTarget, account: LinuxAccount, signal: AbortSignal): Promise<AccountEnd>;
  /**
   * Ends sessions, removes ACLs, the account and what it has left, and proves that it is gone. One that is not there is
   * gone. @throws {HopFailure}
   */
  remove(
    target: AccountTarget,
    account: Pick<LinuxAccount, 'grantId' | 'user' | 'productHomes'>,
    signal: AbortSignal,
  ): Promise<AccountEnd>;
  /** Everything on a host that lets somebody in. @throws {HopFailure} */
  inspect(target: AccountTarget): Promise<HostAccounts>;
}

/** What a host says of its accounts. What could not be read is `undefined`, and `gaps` says why. */
export interface HostAccounts {
  readonly host: string;
  readonly accounts: readonly FoundAccount[];
  /** Files under /etc/sudoers.d and the lines of /etc/sudoers that give somebody rights: who. */
  readonly sudoers: readonly string[] | undefined;
  readonly gaps: readonly string[];
}

/** One that has a shell or a key. */
export interface FoundAccount {
  readonly user: string;
  readonly uid: number;
  readonly shell: string;
  readonly groups: readonly string[];
  /** Day on which the account ends; `undefined`: never, or unknown. */
  readonly endsOn: Date | undefined;
  /** Of authorized_keys: SHA-256 fingerprints. */
  readonly keys: readonly string[];
  /** From the comment, when msops has made it. */
  readonly grantId: string | undefined;
}
