import type { Environment, Host } from '../../domain/inventory.ts';
import type { RemoteTarget } from '../../domain/remote-executor.ts';
import type { StepEnd } from './host-change.ts';

/** A script that goes on without us: it survives a lost connection, and its output and exit code stay on the host. */
export interface DetachedJob {
  /** Letters, digits and dashes; the same id is never started twice on a host. */
  readonly id: string;
  /** POSIX shell, run by root (`sudo -n` when the login user is another). Says what it does on stdout and stderr. */
  readonly script: string;
  /** `$1…` of the script. */
  readonly args: readonly string[];
  /** Environment of the script, for what must not be in a process list; on the host only in memory (tmpfs), removed when read. */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
}

export type JobState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'running'; readonly output: string }
  /** @property exitCode of the script, 0 to 255. */
  | { readonly kind: 'ended'; readonly exitCode: number; readonly output: string }
  /** It was begun and is gone without an exit code: killed, or the machine went down. */
  | { readonly kind: 'vanished'; readonly output: string };

export interface DetachedJobs {
  /** Starts it, unless it is there already. @throws {HopFailure} */
  start(target: RemoteTarget, job: DetachedJob): Promise<void>;
  /** `output` is its end, 16 KiB at most. @throws {HopFailure} */
  look(target: RemoteTarget, id: string): Promise<JobState>;
  /**
   * Starts it and waits for its end, whatever happens to the connection meanwhile.
   * Resolves `running` when the deadline came first: the job goes on.
   */
  run(target: RemoteTarget, job: DetachedJob, options: JobOptions): Promise<JobState>;
}

export interface JobOptions {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

export interface HostInEnvironment {
  readonly environment: Environment;
  readonly host: Host;
}

/** Keeps requests away from a host and lets them in again. Each may be asked twice; both read back what they did. */
export interface TrafficControl {
  /** Resolves when nothing new comes and what was open has ended, or with why not. Without a `drain` in the inventory: at once. */
  drain(target: HostInEnvironment, signal: AbortSignal): Promise<StepEnd>;
  ready(target: HostInEnvironment, signal: AbortSignal): Promise<StepEnd>;
}

/** Whether a host does its work: reached, every product up, every health endpoint well, old generation below critical. */
export interface HealthGate {
  /** One look. Never rejects. */
  check(target: HostInEnvironment): Promise<HealthVerdict>;
  /** Looks until it is well, or the deadline comes. */
  waitUntilHealthy(target: HostInEnvironment, options: JobOptions): Promise<HealthVerdict>;
}

export type HealthVerdict = { readonly healthy: true } | { readonly healthy: false; readonly reason: string };
