import type { Permission } from './permission.ts';

/** Kinds of change that ask for approval. */
export const CHANGE_KINDS = ['patch', 'update', 'restart', 'deploy', 'access'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What somebody needs to ask for it: a customer's people ask for access, and for nothing else. */
export function permissionToAsk(change: ChangeKind): Permission {
  return change === 'access' ? 'access.request' : 'change.request';
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Who must agree before a change, for some environments and kinds of change. Where no policy fits, nobody can approve. */
export interface ApprovalPolicy {
  readonly name: string;
  /** `customer/environment`. */
  readonly environments: readonly string[];
  readonly changes: readonly ChangeKind[];
  /** Roles that may request. */
  readonly requesters: readonly string[];
  /** All of them must approve; one person fills one seat. At least one group. */
  readonly groups: readonly ApprovalGroup[];
  /** How long a request lives. */
  readonly expiresAfterMs: number;
  /** The approver types the environment's name. */
  readonly confirmByTyping: boolean;
  /** When the change may start; `undefined`: at any time. */
  readonly allowedHours: AllowedHours | undefined;
  /** Who may do without approval in an emergency; missing: nobody. */
  readonly breakGlass?: BreakGlassRule | undefined;
}

/** An emergency: a short time in which the changes of one person need no approval, told to everybody and reviewed. */
export interface BreakGlassRule {
  readonly roles: readonly string[];
  readonly lastsMs: number;
  /** The review is overdue after so long. */
  readonly reviewWithinMs: number;
}

export interface ApprovalGroup {
  readonly role: string;
  /** Different people, 1 or more. */
  readonly count: number;
  /** `home`: ours; `customer`: the workspace of the customer whose environment it is. */
  readonly team: 'home' | 'customer' | 'any';
}

export interface AllowedHours {
  readonly days: readonly Weekday[];
  /** `HH:MM` from 00:00 to 24:00. `to` before `from`: over midnight, and the day is that of `from`. */
  readonly from: string;
  readonly to: string;
  /** IANA name; `undefined`: that of the environment. */
  readonly timeZone: string | undefined;
}
