import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withLaunchLock } from '../../../../src/adapters/engine/launch-lock.ts';
import { createTestDatabase } from '../../../support/postgres.ts';

let pool: pg.Pool;

beforeAll(async () => {
  const databaseUrl = await createTestDatabase(inject('postgresSocket'));
  pool = new pg.Pool({ connectionString: databaseUrl.reveal(), max: 5 });
});
afterAll(() => pool.end());

describe('withLaunchLock', () => {
  it('lets one launch at a time', async () => {
    let running = 0;
    const seen: number[] = [];
    const launch = async (): Promise<void> => {
      running += 1;
      seen.push(running);
      await pool.query('select 1');
      await turn();
      running -= 1;
    };
    await Promise.all([1, 2, 3].map(() => withLaunchLock(pool, launch)));
    expect(seen).toEqual([1, 1, 1]);
  });

  it('gives the lock back when a launch fails', async () => {
    await expect(withLaunchLock(pool, async () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    await withLaunchLock(pool, async () => {});
  });

  it('holds back nobody who builds an index meanwhile', async () => {
    await pool.query('create table built (id int)');
    let waiting: Promise<void> | undefined;
    await withLaunchLock(pool, async () => {
      waiting = withLaunchLock(pool, async () => {});
      await pool.query('create index concurrently built_id on built (id)');
    });
    await waiting;
  });
});
