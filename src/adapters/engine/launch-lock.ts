import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { SetupError } from '../../domain/errors.ts';

/** Any constant: held while DBOS brings its tables up to date. */
const LAUNCH_LOCK = 7_305_041_812;
const RETRY_MS = 100;
const PATIENCE_MS = 120_000;

/**
 * Lets replicas that start together launch one after the other: DBOS would drop the indexes that another is building.
 * The lock is tried again and again, not waited for: a statement that waits holds a snapshot, and building an index
 * concurrently waits for all of those.
 * @throws {SetupError} when another replica does not come to an end.
 */
export async function withLaunchLock(pool: Pool, launch: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await takeLock(client);
    await launch();
    await client.query('select pg_advisory_unlock($1)', [LAUNCH_LOCK]);
    client.release();
  } catch (error) {
    // The lock goes with the connection.
    client.release(true);
    throw error;
  }
}

async function takeLock(client: PoolClient): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [LAUNCH_LOCK]);
    if (rows[0]?.taken) {
      return;
    }
    if (performance.now() > deadline) {
      throw new SetupError(
        `Another msops has been preparing this database for ${PATIENCE_MS / 1_000} s. Look at its log, or stop it.`,
      );
    }
    await delay(RETRY_MS);
  }
}
