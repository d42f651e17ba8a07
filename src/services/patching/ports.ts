/** One host of an environment. */
export interface HostPlace {
  readonly customer: string;
  readonly environment: string;
  readonly host: string;
}

export interface SecurityUpdate {
  readonly name: string;
  /** The version that waits. */
  readonly version: string;
}

export interface WaitingUpdate extends SecurityUpdate {
  /** Since when a security update of this package is known to wait, whichever version it was at first. */
  readonly since: Date;
}

/** Remembers since when security updates wait on hosts. Times are the database's. */
export interface PendingSecurity {
  /**
   * Notes what waits now.
   * @param isComplete whether there is nothing else; then what waits no more is forgotten. When it is not known, it stays.
   * @returns what waits, longest first.
   */
  note(
    place: HostPlace,
    updates: readonly SecurityUpdate[],
    options: { readonly isComplete: boolean },
  ): Promise<readonly WaitingUpdate[]>;
}
