import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Logger } from '../../../domain/logger.ts';
import { explainFailure } from './explain-failure.ts';
import { isPrivateTo, isReachableByOthers, realPathOf, type ServerAccount, serverAccount } from './server-account.ts';

/** Where everything of one embedded server lies. */
export interface ServerPlace {
  /** As the operator knows it. */
  readonly directory: string;
  readonly account: ServerAccount | undefined;
  /** Owned by the server's account, mode 0700. */
  readonly root: string;
  readonly data: string;
  readonly log: string;
  readonly lock: string;
  readonly socketDirectory: string;
}

/** `sun_path` holds 108 bytes with the closing NUL. */
const MAX_SOCKET_PATH_BYTES = 107;
const ROOT_NAME = 'postgres';
const SOCKET_NAME = '.s.PGSQL.5432';
/** For root, when the configured directory cannot be entered by the server's account. */
const FALLBACK_FOR_ROOT = '/var/lib/msops';

/** @throws {SetupError} when the directory cannot be used. */
export async function prepareServerPlace(configured: string, logger: Logger): Promise<ServerPlace> {
  const owner = await stat(join(resolve(configured), ROOT_NAME)).catch(() => undefined);
  const account = serverAccount(process.getuid?.(), owner);
  try {
    const directory = await directoryFor(account, resolve(configured), logger);
    await openFor(account, directory);
    const root = join(directory, ROOT_NAME);
    await makePrivate(root, account);
    const socketDirectory = await findSocketDirectory(root, account);
    const files = { data: join(root, 'data'), log: join(root, 'server.log'), lock: join(root, 'start.lock') };
    return { directory: configured, account, root, ...files, socketDirectory };
  } catch (error) {
    throw explainFailure(configured, String(error), error);
  }
}

export function socketPath(socketDirectory: string): string {
  return join(socketDirectory, SOCKET_NAME);
}

async function directoryFor(account: ServerAccount | undefined, wanted: string, logger: Logger): Promise<string> {
  const path = await realPathOf(wanted);
  await mkdir(path, { recursive: true });
  if (account === undefined || (await isReachableByOthers(path))) {
    return path;
  }
  const fallback = join(FALLBACK_FOR_ROOT, shortHash(path));
  logger.warn('The account that runs the database for root cannot enter the data directory; using another', {
    configured: path,
    used: fallback,
    uid: account.uid,
  });
  await mkdir(fallback, { recursive: true });
  return fallback;
}

/** The server's account has to pass through the data directory; what is in it stays closed. */
async function openFor(account: ServerAccount | undefined, directory: string): Promise<void> {
  const { mode, uid } = await stat(directory);
  if (account !== undefined && account.uid !== uid && (mode & 0o001) === 0) {
    await chmod(directory, (mode & 0o777) | 0o011);
  }
}

async function makePrivate(directory: string, account: ServerAccount | undefined): Promise<void> {
  await mkdir(directory, { mode: 0o700, recursive: true });
  if (account) {
    await chown(directory, account.uid, account.gid);
  }
  await chmod(directory, 0o700);
}

/** Beside the data where the path is short enough, else below the system's directory for temporary files. */
async function findSocketDirectory(root: string, account: ServerAccount | undefined): Promise<string> {
  if (fits(root)) {
    return root;
  }
  const uid = account?.uid ?? process.getuid?.() ?? 0;
  const name = `msops-${uid}-${shortHash(root)}`;
  const directory = [join(tmpdir(), name), join('/tmp', name)].find(fits) ?? join('/tmp', name);
  const isNew = (await mkdir(directory, { mode: 0o700, recursive: true })) !== undefined;
  if (isNew && account) {
    await chown(directory, account.uid, account.gid);
  }
  if (!(await isPrivateTo(directory, uid))) {
    throw new Error(`EACCES: ${directory} belongs to somebody else or is open to others`);
  }
  return directory;
}

function fits(directory: string): boolean {
  return Buffer.byteLength(socketPath(directory)) <= MAX_SOCKET_PATH_BYTES;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
