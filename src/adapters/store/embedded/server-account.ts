import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The account that the server runs as. PostgreSQL refuses root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` and `nogroup`, which every Debian has. */
const NOBODY: ServerAccount = { uid: 65_534, gid: 65_534 };

/**
 * Root takes the account that the store belongs to already, so that a look by root never takes it from the service.
 *
 * @param uid of this process.
 * @param owner of the store; `undefined` when there is none yet.
 * @returns `undefined`: the bot's own account.
 */
export function serverAccount(uid: number | undefined, owner: ServerAccount | undefined): ServerAccount | undefined {
  if (uid !== 0) {
    return undefined;
  }
  return owner === undefined || owner.uid === 0 ? NOBODY : { uid: owner.uid, gid: owner.gid };
}

/** Can an account other than the owner come to this path? Looks at the directories above it, not at the path itself. */
export async function isReachableByOthers(path: string): Promise<boolean> {
  const directory = dirname(path);
  const { mode } = await stat(directory);
  const isOpen = (mode & 0o001) !== 0;
  return isOpen && (directory === dirname(directory) || (await isReachableByOthers(directory)));
}

/** The real path of what is there of it, so that no symbolic link hides a closed directory. */
export async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : `${await realPathOf(parent)}${path.slice(parent.length)}`;
  }
}

/** Somebody else's directory, or one that others may enter, is no place for a socket that trusts everybody. */
export async function isPrivateTo(directory: string, uid: number): Promise<boolean> {
  const found = await lstat(directory);
  return found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0;
}
