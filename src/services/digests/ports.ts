import type { PendingPatches } from './digest.ts';

/** Security updates that were found waiting when somebody looked last. */
export interface PendingSecurityList {
  /** Hosts on which some wait, longest first. */
  list(customer: string, environment: string): Promise<readonly PendingPatches[]>;
}
