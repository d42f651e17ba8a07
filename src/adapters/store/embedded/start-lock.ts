import { randomUUID } from 'node:crypto';
import { link, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../../../domain/errors.ts';
import { isGone, ownIdentity, type ProcessIdentity } from '../process-identity.ts';

const WAIT_MS = 90_000;
const POLL_MS = 25;
/** A holder that cannot be looked at (another container) is believed dead after this long. */
const ABANDONED_AFTER_MS = 120_000;

/**
 * Only one process at a time creates, starts or stops the server. Waits its turn; a dead holder's lock is taken.
 *
 * @throws {SetupError} when another process holds it for too long.
 */
export async function withStartLock<T>(file: string, run: () => Promise<T>): Promise<T> {
  const mine = `${file}.${randomUUID()}`;
  // Linked into place, so that nobody ever reads a lock that is not written yet.
  await writeFile(mine, JSON.stringify(ownIdentity()));
  try {
    await acquire(file, mine);
  } finally {
    await unlink(mine);
  }
  try {
    return await run();
  } finally {
    await unlink(file);
  }
}

async function acquire(file: string, mine: string): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await isLinked(mine, file))) {
    if (await isAbandoned(file)) {
      await setAside(file);
    } else if (Date.now() > deadline) {
      const holder = await readHolder(file);
      throw new SetupError(
        `Another msops process (pid ${holder?.pid ?? 'unknown'}) has been starting the embedded database for ${WAIT_MS / 1000} s. End that process, or delete ${file} when there is none.`,
      );
    } else {
      await sleep(POLL_MS);
    }
  }
}

async function isLinked(mine: string, file: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const holder = await readHolder(file);
  if (holder !== undefined && isGone(holder)) {
    return true;
  }
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > ABANDONED_AFTER_MS;
}

/** Moved away before it is deleted: of two that saw the same dead holder, the slower may have caught a living one's lock. */
async function setAside(file: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (!moved) {
    return;
  }
  if (!(await isAbandoned(aside))) {
    await link(aside, file).catch(() => undefined);
  }
  await unlink(aside);
}

async function readHolder(file: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
