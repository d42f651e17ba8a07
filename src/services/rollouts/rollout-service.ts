import type { Actor, CustomerScope } from '../../domain/actor.ts';
import type { ChangePlan, ChangeSelection, ChangeSpec } from './host-change.ts';
import type { RolloutFacts } from './ports.ts';
import type { EnvironmentLock, Rollout } from './rollout.ts';

export interface RolloutRequest {
  /** The same for the same click or command, so that a replay asks once. */
  readonly id: string;
  readonly actor: Actor;
  /** `type` of the change. */
  readonly type: string;
  readonly spec: ChangeSpec;
  readonly selection: ChangeSelection;
  readonly startAt?: Date | undefined;
  readonly reason?: string | undefined;
  /** Where it was asked for; the customer's shared channel is added when the policy wants one of theirs. */
  readonly channelId: string;
}

export type RolloutWish = 'pause' | 'resume' | 'abort';

/** Plans changes, asks for approval, and leads them over the hosts. */
export interface RolloutService {
  /** Changes nothing. */
  plan(request: Pick<RolloutRequest, 'type' | 'spec' | 'selection'>): Promise<ChangePlan>;
  /**
   * Plans, writes the rollout down, asks for approval and shows the card. From then on it goes by itself.
   * @returns the rollout, or the plan alone when there is nothing to do or it has problems.
   * @throws {DeniedError} when they may not ask for it.
   */
  request(request: RolloutRequest): Promise<Rollout | ChangePlan>;
  /** `undefined` when there is none, or none of these customers. */
  find(id: string, customers: CustomerScope): Promise<RolloutFacts | undefined>;
  /** With the addresses of what failed hosts have said, once it has ended; asks Slack, so not before a form opens. */
  withLinks(facts: RolloutFacts): Promise<RolloutFacts>;
  list(filter: {
    customers: CustomerScope;
    environment?: string | undefined;
    isOpen?: boolean | undefined;
    /** Only those that have ended then or later, of the newest 200. */
    endedSince?: Date | undefined;
  }): Promise<readonly Rollout[]>;
  /** Draws the cards again from the store, in their own messages. */
  redraw(id: string): Promise<void>;
  /**
   * Pause and abort let the hosts that are being changed come to their end first.
   * @throws {UserError} when it cannot be done any more; says how it stands.
   */
  control(id: string, actor: Actor, wish: RolloutWish): Promise<Rollout>;
  lock(customer: string, environment: string): Promise<EnvironmentLock | undefined>;
  /** @throws {UserError} when there is no lock, or without a reason. */
  breakLock(request: { customer: string; environment: string; actor: Actor; reason: string }): Promise<EnvironmentLock>;
}
