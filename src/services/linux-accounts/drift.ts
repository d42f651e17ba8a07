import type { FoundAccount } from './linux-account.ts';

/** A difference between the grants and a host. */
export type Drift =
  | { readonly kind: 'unexplained_account'; readonly host: string; readonly account: FoundAccount }
  | { readonly kind: 'left_behind'; readonly host: string; readonly user: string; readonly grantId: string }
  | { readonly kind: 'missing'; readonly host: string; readonly user: string; readonly grantId: string }
  | { readonly kind: 'wrong_groups'; readonly host: string; readonly user: string; readonly groups: readonly string[] }
  | { readonly kind: 'unexplained_sudo'; readonly host: string; readonly text: string }
  | { readonly kind: 'unknown'; readonly host: string; readonly text: string };
