import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { SetupError } from '../../domain/errors.ts';
import type { Logger } from '../../domain/logger.ts';
import type { Secret } from '../../domain/secret.ts';
import { describeAddress, explainConnectionFailure } from './connection-failure.ts';
import type { Database } from './database.ts';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { migrate } from './migrate.ts';

const OLDEST_SERVER = 14;
const CONNECT_TIMEOUT_MS = 10_000;
const DEFAULT_POOL_SIZE = 15;

export interface StoreOptions {
  /** `undefined`: the embedded server in `directory`. */
  readonly databaseUrl?: Secret | undefined;
  readonly directory: string;
  readonly logger: Logger;
  /** Connections at most; the engine keeps one and takes up to half. At least 4. */
  readonly poolSize?: number | undefined;
}

/** The one database of msops: one pool, and Kysely over it. */
export interface Store {
  readonly pool: pg.Pool;
  readonly db: Kysely<Database>;
  /** For people: which database this is. Never holds a password. */
  readonly description: string;
  /** After everything that uses it has stopped. An embedded server stops with the last process that uses it. */
  close(): Promise<void>;
}

interface Server {
  readonly config: pg.ClientConfig;
  readonly description: string;
  explain(error: unknown): unknown;
  leave(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @throws {SetupError} when it cannot be reached, started or migrated.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const server = options.databaseUrl ? sharedServer(options.databaseUrl) : await embeddedServer(options);
  const pool = new pg.Pool({
    ...server.config,
    max: options.poolSize ?? DEFAULT_POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without a listener, a connection that breaks ends the process: one that is idle, or one that is lent out.
  pool.on('error', (error) => options.logger.warn('Database connection lost', { error }));
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });

  async function close(): Promise<void> {
    await db.destroy();
    if (!pool.ended) {
      await pool.end();
    }
    await server.leave();
  }

  try {
    await checkVersion(pool).catch((error: unknown) => {
      throw server.explain(error);
    });
    await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { pool, db, description: server.description, close };
}

function sharedServer(databaseUrl: Secret): Server {
  const address = describeAddress(databaseUrl.reveal());
  return {
    config: { connectionString: databaseUrl.reveal(), application_name: 'msops' },
    description: `PostgreSQL at ${address}`,
    explain: (error) => (error instanceof SetupError ? error : explainConnectionFailure(address, error)),
    leave: async () => undefined,
  };
}

async function embeddedServer({ directory, logger }: StoreOptions): Promise<Server> {
  const server = await startEmbeddedPostgres({ directory, logger });
  const config = await server.connectTo('msops').catch(async (error: unknown) => {
    await server.leave();
    throw error;
  });
  return {
    config,
    description: `embedded PostgreSQL in ${directory}`,
    explain: (error) => error,
    leave: server.leave,
  };
}

async function checkVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ server_version: string }>('show server_version');
  const version = rows[0]?.server_version ?? '';
  if (Number.parseInt(version, 10) < OLDEST_SERVER) {
    throw new SetupError(`DATABASE_URL leads to PostgreSQL ${version}. msops needs ${OLDEST_SERVER} or newer.`);
  }
}
