import { readdir, readFile, readlink, realpath, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ServerPlace, socketPath } from './server-place.ts';

const POLL_MS = 20;
const ORPHANS_END_WITHIN_MS = 10_000;

/** Pids of everything that works on this data directory. Zombies have no working directory, so they do not count. */
async function serverProcesses({ data }: ServerPlace): Promise<readonly number[]> {
  const real = await realpath(data).catch(() => undefined);
  if (real === undefined || process.platform !== 'linux') {
    return [];
  }
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const directories = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => undefined)));
  return pids.filter((_, index) => directories[index] === real).map(Number);
}

/** The server's own process, when it is alive. */
export async function postmasterPid(place: ServerPlace): Promise<number | undefined> {
  const written = await readFile(join(place.data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(written, 10);
  if (!Number.isInteger(pid) || pid <= 0) {
    return undefined;
  }
  const isAlive = process.platform === 'linux' ? (await serverProcesses(place)).includes(pid) : canSignal(pid);
  return isAlive ? pid : undefined;
}

/**
 * Removes what a killed server left behind. Its own check of the pid is not enough: an unreaped zombie
 * or a stranger with the same pid looks alive to it for ever.
 */
export async function clearLeftovers(place: ServerPlace): Promise<void> {
  if (process.platform !== 'linux' || (await postmasterPid(place)) !== undefined) {
    return;
  }
  await endOrphans(place);
  const socket = socketPath(place.socketDirectory);
  const leftovers = [join(place.data, 'postmaster.pid'), `${socket}.lock`, socket];
  await Promise.all(leftovers.map((file) => unlink(file).catch(ignoreMissing)));
}

/** Stops the server with all its connections. Resolves when no process of it is left. */
export async function stopServer(place: ServerPlace): Promise<void> {
  const pid = await postmasterPid(place);
  if (pid !== undefined) {
    for (const [signal, withinMs] of [
      ['SIGINT', 20_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 5_000],
    ] as const) {
      signalQuietly(pid, signal);
      if (await isGoneWithin(place, withinMs)) {
        break;
      }
    }
  }
  await endOrphans(place);
}

/** Backends end by themselves when the server dies; a new one must not start on the data before the last has gone. */
async function endOrphans(place: ServerPlace): Promise<void> {
  const deadline = Date.now() + ORPHANS_END_WITHIN_MS;
  for (let orphans = await serverProcesses(place); orphans.length > 0; orphans = await serverProcesses(place)) {
    if (Date.now() > deadline) {
      orphans.forEach((pid) => {
        signalQuietly(pid, 'SIGKILL');
      });
    }
    await sleep(POLL_MS);
  }
}

async function isGoneWithin(place: ServerPlace, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while ((await postmasterPid(place)) !== undefined) {
    if (Date.now() > deadline) {
      return false;
    }
    await sleep(POLL_MS);
  }
  return true;
}

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') {
    throw error;
  }
}
