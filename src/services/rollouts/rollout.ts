import type { Person } from '../../domain/actor.ts';
import type { RolloutSettings } from '../../domain/inventory.ts';
import type { ChangePlan } from './host-change.ts';

/** Where a rollout stands. The last five are ends. */
export type RolloutState =
  | 'awaiting_approval'
  /** Approved; waits for the time it was asked for, for the allowed hours, or for the lock. */
  | 'waiting'
  | 'running'
  | 'paused'
  | 'succeeded'
  | 'failed'
  | 'aborted'
  | 'rejected'
  | 'expired';

export const ENDED: readonly RolloutState[] = ['succeeded', 'failed', 'aborted', 'rejected', 'expired'];

/** A change on its way over the hosts of one environment. Plain JSON but for its dates. */
export interface Rollout {
  /** Short, for people to type: `7kq2m9xd`. */
  readonly id: string;
  readonly customer: string;
  readonly environment: string;
  readonly requester: Person;
  readonly reason?: string | undefined;
  readonly plan: ChangePlan;
  /** Names of hosts; every host of the plan once. */
  readonly waves: readonly (readonly string[])[];
  readonly settings: RolloutSettings;
  /** Not before; missing: as soon as it may. */
  readonly startAt?: Date | undefined;
  /** Id of the approval that counts now; a new one when the plan has changed. */
  readonly approvalId: string;
  /** What changed since the approval before this one. Lines of plain text. */
  readonly changedSince?: readonly string[] | undefined;
  /** Channels that show the card, the first is where it was asked for. */
  readonly channels: readonly string[];
  readonly state: RolloutState;
  /** Why it waits, has paused or ended so, in one line: `waits for the lock of …`. */
  readonly note?: string | undefined;
  /** When waiting for a time. */
  readonly nextAt?: Date | undefined;
  /** What somebody wants of it by button. */
  readonly control: RolloutControl;
  readonly createdAt: Date;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
}

export interface RolloutControl {
  readonly wish: 'run' | 'pause' | 'abort';
  /** Missing: nobody has touched it. */
  readonly by?: Person | undefined;
  readonly at?: Date | undefined;
}

export type RolloutHostState = 'waiting' | 'in_progress' | 'done' | 'failed' | 'skipped';

export interface RolloutHost {
  readonly host: string;
  /** From 0. */
  readonly wave: number;
  readonly state: RolloutHostState;
  /** What is being done, or was last: `install 7 packages`. */
  readonly step?: string | undefined;
  /** How it ended, in a line; of a failure the reason. */
  readonly note?: string | undefined;
  readonly advice?: string | undefined;
  /** The end of what the host printed. */
  readonly output?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
}

/** The lock of an environment. */
export interface EnvironmentLock {
  readonly customer: string;
  readonly environment: string;
  /** Id of the rollout. */
  readonly owner: string;
  /** On whose request. */
  readonly holder: Person;
  readonly reason: string;
  readonly takenAt: Date;
}
