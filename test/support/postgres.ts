import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/adapters/store/embedded/embedded-postgres.ts';
import { prepareServerPlace } from '../../src/adapters/store/embedded/server-place.ts';
import { stopServer } from '../../src/adapters/store/embedded/server-process.ts';
import { openStore, type Store } from '../../src/adapters/store/open-store.ts';
import { isGone, ownIdentity } from '../../src/adapters/store/process-identity.ts';
import { Secret } from '../../src/domain/secret.ts';
import { createRecordingLogger } from './recording-logger.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of the socket of the test run's PostgreSQL. */
    postgresSocket: string;
  }
}

/** The pid of the test run follows. */
const PREFIX = 'msops-test-postgres-';
const TEMPLATE = 'msops_template';

let directory: string | undefined;
let server: EmbeddedPostgres | undefined;

/** Once a test run: one embedded server, and a migrated database to copy from. */
export async function setup({ provide }: TestProject): Promise<void> {
  await endForgotten();
  directory = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  await chmod(directory, 0o755);
  server = await startEmbeddedPostgres({ directory, logger: createRecordingLogger() });
  await server.connectTo(TEMPLATE);
  await forgetDurability(databaseUrl(server.socketDirectory, 'postgres'));
  const template = await openTestStore(databaseUrl(server.socketDirectory, TEMPLATE));
  await template.close();
  provide('postgresSocket', server.socketDirectory);
}

/** Nothing here outlives the run, and waiting for the disk is most of what a database does. */
async function forgetDurability(databaseUrl: Secret): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl.reveal() });
  await client.connect();
  await client.query('alter system set fsync = off');
  await client.query('alter system set full_page_writes = off');
  await client.query('select pg_reload_conf()');
  await client.end();
}

export async function teardown(): Promise<void> {
  await server?.stop();
  await rm(directory ?? '', { recursive: true, force: true });
}

/** A test run that was killed could not stop its server, which outlives it on purpose. */
async function endForgotten(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : undefined;
    if (pid !== undefined && isGone({ ...ownIdentity(), pid, startedAt: '' })) {
      const forgotten = join(tmpdir(), name);
      const place = await prepareServerPlace(forgotten, createRecordingLogger());
      await stopServer(place);
      await rm(forgotten, { recursive: true, force: true });
    }
  }
}

/** An own database for a test file. `empty`: without msops's tables. */
export async function createTestDatabase(socket: string, { empty = false } = {}): Promise<Secret> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: databaseUrl(socket, 'postgres').reveal() });
  await client.connect();
  await client.query(`create database ${name} ${empty ? '' : `template ${TEMPLATE}`}`);
  await client.end();
  return databaseUrl(socket, name);
}

/** A small pool: many test files share the server's 60 connections. */
export function openTestStore(databaseUrl: Secret): Promise<Store> {
  return openStore({ databaseUrl, directory: '/nowhere', logger: createRecordingLogger(), poolSize: 6 });
}

function databaseUrl(socket: string, name: string): Secret {
  return new Secret(`postgresql://msops@localhost/${name}?host=${encodeURIComponent(socket)}`);
}
