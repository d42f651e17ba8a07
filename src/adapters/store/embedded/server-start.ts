import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../../../domain/errors.ts';
import { explainFailure } from './explain-failure.ts';
import type { ServerPlace } from './server-place.ts';
import { postmasterPid } from './server-process.ts';

const MAJOR_VERSION = '18';
const SUPERUSER = 'msops';
const READY_WITHIN_MS = 60_000;
const POLL_MS = 20;
const MAX_LOG_BYTES = 5_000_000;
/** Nothing of the bot's own environment: it holds tokens, and the server runs as another account. */
const ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' };

/** Makes the data directory when there is none. One that was left half made is thrown away. */
export async function createCluster(place: ServerPlace, native: string): Promise<void> {
  const version = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version?.trim() === MAJOR_VERSION) {
    return;
  }
  if (version !== undefined) {
    throw new SetupError(
      `The data in ${place.data} was written by PostgreSQL ${version.trim()}, and this msops brings ${MAJOR_VERSION}. Dump it with the msops that wrote it and restore it into an empty directory.`,
    );
  }
  const unfinished = `${place.data}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const options = [`--pgdata=${unfinished}`, `--username=${SUPERUSER}`, '--auth=trust', '--no-instructions', ...locale];
  await run(place, join(native, 'bin', 'initdb'), options);
  await rename(unfinished, place.data);
}

/** Starts the server so that it lives on when the bot dies. Resolves when it answers. */
export async function launchServer(place: ServerPlace, native: string, answers: () => Promise<boolean>): Promise<void> {
  await startLogAfresh(place);
  const log = await open(place.log, 'a', 0o600);
  const logStart = (await log.stat()).size;
  try {
    const child = spawn(join(native, 'bin', 'postgres'), ['-D', place.data, ...settings(place)], {
      ...spawnOptions(place),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    const ended = endOf(child);
    if (!(await isReady(ended, answers))) {
      const said = (await readFile(place.log)).subarray(logStart).toString();
      throw explainFailure(place.directory, `${said}\n${(await settled(ended)) ?? ''}`);
    }
  } finally {
    await log.close();
  }
}

/** Waits while another process's server is on its way up or down. Resolves `false` when it went away. */
export async function waitForRunning(place: ServerPlace, answers: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while ((await postmasterPid(place)) !== undefined && Date.now() < deadline) {
    if (await answers()) {
      return true;
    }
    await sleep(POLL_MS);
  }
  return answers();
}

async function isReady(ended: Promise<string>, answers: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (await answers()) {
      return true;
    }
    if ((await settled(ended)) !== undefined) {
      return false;
    }
    await sleep(POLL_MS);
  }
  return false;
}

async function run(place: ServerPlace, program: string, options: readonly string[]): Promise<void> {
  const child = spawn(program, options, { ...spawnOptions(place), stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, ended] = await Promise.all([text(child.stderr), endOf(child)]);
  if (ended !== 'code 0') {
    throw explainFailure(place.directory, `${said}\n${ended}`);
  }
}

function spawnOptions({ root, account }: ServerPlace) {
  return { cwd: root, env: ENVIRONMENT, ...account };
}

/** Resolves with how it ended, or with why it could not be started. */
async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'exit');
    return signal ? `signal ${signal}` : `code ${code}`;
  } catch (error) {
    return String(error);
  }
}

/** The promise's value when it has one now. */
function settled<T>(promise: Promise<T>): Promise<T | undefined> {
  return Promise.race([promise, sleep(0, undefined)]);
}

function settings({ socketDirectory }: ServerPlace): string[] {
  const values = {
    listen_addresses: '',
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    // All bots of the machine that name the directory share it, with 15 connections each.
    max_connections: '200',
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    io_method: 'sync',
    wal_level: 'minimal',
    max_wal_senders: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A failed statement and its details may hold what a person typed.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function startLogAfresh({ log }: ServerPlace): Promise<void> {
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  if (size > MAX_LOG_BYTES) {
    await rename(log, `${log}.old`);
  }
}
