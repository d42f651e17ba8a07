import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { SetupError } from '../../../domain/errors.ts';
import type { Logger } from '../../../domain/logger.ts';
import { explainFailure } from './explain-failure.ts';
import { holdAnchor } from './server-anchor.ts';
import { prepareBinaries } from './server-binaries.ts';
import { prepareServerPlace, type ServerPlace } from './server-place.ts';
import { clearLeftovers, stopServer } from './server-process.ts';
import { createCluster, launchServer, waitForRunning } from './server-start.ts';
import { withStartLock } from './start-lock.ts';

export interface EmbeddedPostgresOptions {
  /** Made when it is not there. One server a directory; all bots of the machine that name it share it. */
  readonly directory: string;
  readonly logger: Logger;
}

/** A PostgreSQL of our own on a Unix socket, running until the last process that uses it has left. */
export interface EmbeddedPostgres {
  /** How to connect, for `pg`. The database is made when it is not there. */
  connectTo(database: string): Promise<pg.ClientConfig>;
  /** The directory of the socket, for `postgresql://msops@localhost/DATABASE?host=<directory>`. */
  readonly socketDirectory: string;
  /** After the caller's pools have ended. Stops the server when nobody else is connected. */
  leave(): Promise<void>;
  /** Stops the server whoever is connected. Resolves when no process of it is left. */
  stop(): Promise<void>;
}

/**
 * Starts the server, or attaches to the one that runs already; starts it again when it dies.
 *
 * @throws {SetupError} when it cannot be started, with what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { directory, logger } = options;
  const place = await prepareServerPlace(directory, logger);
  const self: pg.ClientConfig = {
    host: place.socketDirectory,
    user: 'msops',
    // Tells our connections from those of other processes when we leave.
    application_name: `msops ${randomUUID()}`,
  };
  const enter = () =>
    withStartLock(place.lock, () => ensureRunning(place, self, logger)).catch((error: unknown) => {
      throw error instanceof SetupError ? error : explainFailure(directory, String(error), error);
    });
  const anchor = await holdAnchor({ enter, logger });

  async function end(whoeverIsConnected: boolean): Promise<void> {
    await anchor.retire();
    await withStartLock(place.lock, async () => {
      const isLast = whoeverIsConnected || !(await anchor.hasOthers());
      await anchor.release();
      if (isLast) {
        await stopServer(place);
      }
    });
  }

  return {
    async connectTo(database) {
      await withStartLock(place.lock, () => ensureDatabase(self, database));
      return { ...self, database };
    },
    socketDirectory: place.socketDirectory,
    leave: () => end(false),
    stop: () => end(true),
  };
}

/** Resolves with a connection: while it is open, no other process stops the server. */
async function ensureRunning(place: ServerPlace, self: pg.ClientConfig, logger: Logger): Promise<pg.Client> {
  const connect = () => tryConnect({ ...self, database: 'postgres' });
  const answers = async () => {
    const client = await connect();
    await client?.end();
    return client !== undefined;
  };
  if (!(await waitForRunning(place, answers))) {
    const startedAt = performance.now();
    await clearLeftovers(place);
    const native = await prepareBinaries(place);
    await createCluster(place, native);
    await launchServer(place, native, answers);
    logger.info('Embedded PostgreSQL started', {
      directory: place.root,
      ms: Math.round(performance.now() - startedAt),
    });
  }
  const client = await connect();
  if (client === undefined) {
    throw new Error('The embedded PostgreSQL went away while it was being connected to.');
  }
  return client;
}

async function ensureDatabase(self: pg.ClientConfig, database: string): Promise<void> {
  const client = new pg.Client({ ...self, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) {
      await client.query(`create database ${pg.escapeIdentifier(database)}`);
    }
  } finally {
    await client.end();
  }
}

/** `undefined` when nobody answers, or not yet. */
async function tryConnect(config: pg.ClientConfig): Promise<pg.Client | undefined> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while it is opened also emits.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return undefined;
  }
}
