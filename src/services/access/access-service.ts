import type { Actor, CustomerScope } from '../../domain/actor.ts';
import type { Environment } from '../../domain/inventory.ts';
import type { Decision } from '../../domain/permission.ts';
import type { VoteOutcome } from '../approvals/approval-service.ts';
import type { AccessWish, EndWish, Grant } from './grant.ts';
import type { Drift, GrantFacts, GrantFilter } from './ports.ts';

export interface AccessRequest {
  /** The same for the same submission, so that a replay asks once. */
  readonly id: string;
  readonly actor: Actor;
  readonly userId: string;
  readonly environment: Environment;
  readonly wish: AccessWish;
  readonly until: Date;
  readonly reason: string;
  readonly ticket?: string | undefined;
  readonly channelId: string;
}

/** Read-only access that people of a customer ask for, and that ends by itself. */
export interface AccessService {
  /** May they ask here, for how long at most, and for which kinds. */
  offer(actor: Actor, environment: Environment): Promise<{ readonly decision: Decision; readonly longestMs: number }>;
  /** What is wrong with a request, by field; empty: nothing. Pure but for keys of others, which it looks up. */
  check(request: AccessRequest): Promise<Readonly<Partial<Record<AccessField, string>>>>;
  /** Writes it down, asks for approval, shows the cards. From then on it goes by itself. @throws {DeniedError} {UserError} */
  request(request: AccessRequest): Promise<Grant>;
  find(id: string, customers: CustomerScope): Promise<GrantFacts | undefined>;
  list(filter: GrantFilter): Promise<readonly GrantFacts[]>;
  /**
   * An approver's yes for less time: the request is asked again with that end, and this is the first vote for it.
   * @throws {UserError} when the end is not earlier than the one that was asked for.
   */
  approveShorter(id: string, actor: Actor, until: Date): Promise<VoteOutcome>;
  /** Asks for a later end. By the person, or an operator. @throws {UserError} {DeniedError} */
  extend(request: {
    readonly id: string;
    readonly requestId: string;
    readonly actor: Actor;
    readonly until: Date;
    readonly reason: string;
  }): Promise<Grant>;
  /** Ends it now; who asked is who did. Again is the same. @throws {UserError} when it is over. */
  end(id: string, wish: Omit<EndWish, 'at'>): Promise<Grant>;
  /** Ends everything that was asked for in a channel, by a person, or by that person in that channel. @returns how many. */
  endAllOf(of: { readonly channelId?: string; readonly userId?: string }, why: EndWish['why']): Promise<number>;
  /** Everything whose time is over and that nobody ends: begins its end, or goes on with it. Every minute or more often. */
  sweep(): Promise<void>;
  redraw(id: string): Promise<void>;
  /** Compares hosts with grants. */
  drift(environment: Environment): Promise<readonly Drift[]>;
}

export const ACCESS_FIELDS = ['kinds', 'hosts', 'publicKey', 'until', 'reason', 'ticket'] as const;
export type AccessField = (typeof ACCESS_FIELDS)[number];
