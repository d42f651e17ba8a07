import type { CustomerScope } from '../../domain/actor.ts';
import type { Message } from '../../domain/message.ts';
import type { Alert, AlertGroup, GroupChange, Silence } from './alert.ts';

export type { GroupChange } from './alert.ts';

/** Everything that is known of the alerts of one environment. */
export interface AlertBoard {
  /** Also pending and suppressed ones. */
  readonly alerts: readonly Alert[];
  /** Those that go on. */
  readonly groups: readonly AlertGroup[];
  /** Decided with the board, and perhaps not in the outbox yet; oldest first. */
  readonly untold: readonly Telling[];
  /** Alerts of the customer's monitoring that ended lately, so that a late `firing` of one does not begin it again. */
  readonly resolved?: readonly ResolvedAlert[] | undefined;
}

export interface ResolvedAlert {
  readonly fingerprint: string;
  readonly title: string;
  /** By their clock. */
  readonly startsAt: Date;
  /** When we heard of it. */
  readonly at: Date;
}

/** A message of a group that has to be drawn again, and what its thread has to hear. */
export interface Telling {
  readonly group: AlertGroup;
  /** `number` is part of the key of its message, so it is told once however often it is put. */
  readonly thread?: { readonly number: number; readonly change: GroupChange } | undefined;
}

export interface AlertStore {
  /** An empty board when there is none. */
  board(customer: string, environment: string): Promise<AlertBoard>;
  /** Reads, changes and writes as one, so that a click is not lost between two checks. */
  update(customer: string, environment: string, change: (found: AlertBoard) => AlertBoard): Promise<AlertBoard>;
  /** Groups that have ended; written once, kept for 90 days. */
  archive(groups: readonly AlertGroup[]): Promise<void>;
  findArchived(id: string): Promise<AlertGroup | undefined>;
  /** Ended groups that began in this time, newest first, 200 at most. */
  archived(of: {
    readonly customers: CustomerScope;
    readonly environment?: string | undefined;
    readonly from: Date;
    readonly until: Date;
  }): Promise<readonly AlertGroup[]>;
  /** The environment of a group that goes on. */
  locate(id: string): Promise<{ readonly customer: string; readonly environment: string } | undefined>;
}

/** Tells those who are told outside Slack. */
export interface AlertNotices {
  /**
   * Saves what has to go out for this step of a group: its begin, getting worse, its end. May be called again for the
   * same step, and makes each delivery once.
   * @param cards Keys of the group's messages in the outbox.
   */
  tell(telling: Telling, cards: readonly AlertCard[]): Promise<void>;
}

export interface AlertCard {
  readonly key: string;
  readonly channelId: string;
  readonly kind: 'ops' | 'shared';
}

export interface SilenceStore {
  /** Once for each id. */
  create(silence: Silence): Promise<void>;
  /** Those whose time is not over. */
  active(now: Date): Promise<readonly Silence[]>;
  /** Ends it now. `undefined`: there is none, or it is over. */
  end(id: string, now: Date): Promise<Silence | undefined>;
}

/** How alerts are put into words; made by `views/`. */
export interface AlertWords {
  group(facts: AlertGroupFacts): Message;
  /** For the thread of its message. */
  change(group: AlertGroup, change: GroupChange): Message;
}

export interface AlertGroupFacts {
  readonly group: AlertGroup;
  readonly now: Date;
  readonly customerName: string;
  readonly timeZone: string;
  readonly runbook?: string | undefined;
  /** Silences that touch it. */
  readonly silences: readonly Silence[];
  /** Whether buttons are offered: in the channels of our own people. */
  readonly isOps: boolean;
}
