import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Tells one process from every other, also from a later one with the same pid. */
export interface ProcessIdentity {
  /** One boot of one machine and its pid namespace: pids mean the same to all processes with the same value. */
  readonly machine: string;
  readonly pid: number;
  /** Clock ticks from boot to the process's start; empty where there is no /proc. */
  readonly startedAt: string;
}

export function ownIdentity(): ProcessIdentity {
  return { machine: machine(), pid: process.pid, startedAt: startTicks(process.pid) ?? '' };
}

/** `true` only when it is sure: a process of another machine or container is never called gone. */
export function isGone(identity: ProcessIdentity): boolean {
  if (identity.machine !== machine()) {
    return false;
  }
  return identity.startedAt === '' ? !hasPid(identity.pid) : startTicks(identity.pid) !== identity.startedAt;
}

function machine(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** `undefined` for a process that is not there or is a zombie. */
function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses, and may hold spaces and parentheses itself.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

function hasPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
