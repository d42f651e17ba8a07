import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ends what runs on a host in sessions of their own: on a machine that is switched off it would end too. */
export function endDetachedJobs(root: string): void {
  const spool = join(root, 'home/ops/.msops/jobs');
  for (const job of entries(spool)) {
    const [pid = '', startedAt = ''] = read(join(spool, job, 'begun')).split(' ');
    if (Number(pid) > 1 && startedAt !== '' && startTime(pid) === startedAt) {
      end(Number(pid));
    }
  }
}

/** In clock ticks since the boot; tells a process from a later one of the same number. */
function startTime(pid: string): string | undefined {
  return read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19];
}

function end(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended a moment ago.
  }
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
