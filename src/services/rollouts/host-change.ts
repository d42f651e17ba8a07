import type { ChangeKind } from '../../domain/approval-policy.ts';
import type { HopFailureFacts } from '../../domain/hop-failure.ts';
import type { Environment, Host } from '../../domain/inventory.ts';

/** What somebody asks for, as plain JSON, e.g. `{ only: 'security' }`. Made by a command, understood by the change. */
export type ChangeSpec = Readonly<Record<string, unknown>>;

/** What would be done where. Plain JSON, without anything that changes by itself such as ages: it is hashed. */
export interface ChangePlan {
  /** `type` of the change that made it. */
  readonly type: string;
  readonly kind: ChangeKind;
  readonly spec: ChangeSpec;
  /** One line of plain text: `Install 7 packages (4 security) on 2 hosts`. */
  readonly title: string;
  /** Hosts with something to do, in the order of the inventory. */
  readonly hosts: readonly HostPlan[];
  /** Hosts on which nothing is to be done. */
  readonly idle: readonly string[];
  /** Why it cannot be done as asked; a plan with problems is shown and cannot be requested. */
  readonly problems: readonly PlanProblem[];
  /** What people should know before they approve: `the package lists are 23 days old`. */
  readonly warnings: readonly PlanProblem[];
}

export interface PlanProblem {
  /** Missing: about the whole plan. */
  readonly host?: string | undefined;
  /** One line of plain text. */
  readonly text: string;
  /** When the host was not reached. */
  readonly failure?: HopFailureFacts | undefined;
}

export interface HostPlan {
  readonly host: string;
  readonly role: string;
  /** For the details: `openssl 3.0.20 → 3.0.22 (security)`. Plain text. */
  readonly lines: readonly string[];
  /** The change's own words for what to do here; hashed, handed back to it. JSON. */
  readonly work: unknown;
  /** How to go back, or `none: …` with why there is no way back. Shown before it is approved. Plain text. */
  readonly rollback: string;
}

/** One host of a running rollout. */
export interface ChangeTarget {
  readonly rolloutId: string;
  readonly environment: Environment;
  readonly host: Host;
  readonly work: unknown;
}

/** Is the work of a host done? Asked of the host itself. */
export type Inspection =
  | { readonly state: 'done'; readonly note?: string | undefined }
  | { readonly state: 'to_do'; readonly note?: string | undefined };

/** How a step ended. A failure says in words of the field what happened and what to do next. */
export type StepEnd =
  | { readonly ok: true; readonly note?: string | undefined; readonly output?: string | undefined }
  | {
      readonly ok: false;
      /** `another package manager held the lock for 5 min: apt-get (pid 412)`. */
      readonly reason: string;
      readonly advice?: string | undefined;
      /** The end of what the host printed, secrets taken out, 4,000 characters at most. */
      readonly output?: string | undefined;
    };

/** What a rollout does on each of its hosts between taking it out of service and putting it back. */
export interface HostChangeStep {
  /** Stands on the card while it runs: `install 7 packages`. */
  readonly name: string;
  /**
   * Is run again from the start when the bot died in the middle, so it looks first and picks up what it began.
   * A lost connection is no failure of a change: what runs long runs detached (`DetachedJobs`) and is waited for.
   * @param signal aborts when the engine stops or the rollout is canceled for good.
   */
  run(target: ChangeTarget, signal: AbortSignal): Promise<StepEnd>;
}

/** A kind of work that the rollout engine can do on hosts. */
export interface HostChange {
  /** `os_packages`, `automatic_updates`, `product_update`, … Written into rollouts, so it never changes. */
  readonly type: string;
  readonly kind: ChangeKind;
  /**
   * Asks the hosts and changes nothing on them. Made again when the work starts, and compared.
   * Never rejects for a host: one that cannot be asked is a problem.
   */
  plan(spec: ChangeSpec, selection: ChangeSelection): Promise<ChangePlan>;
  /** @throws {HopFailure} when the host cannot be asked. */
  inspect(target: ChangeTarget): Promise<Inspection>;
  /** The same for the same work, in order. Skipped altogether when `inspect` says that all is done. */
  steps(target: ChangeTarget): readonly HostChangeStep[];
}

export interface ChangeSelection {
  readonly environment: Environment;
  readonly hosts: readonly Host[];
}
