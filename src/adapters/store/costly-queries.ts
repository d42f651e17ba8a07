import pg from 'pg';
import { UserError } from '../../domain/errors.ts';
import { createTurns } from '../turns.ts';
import type { Store } from './open-store.ts';

/** Queries that may read millions of rows. They wait for each other, so that everybody else finds a connection. */
export interface CostlyQueries {
  /** @throws {UserError} when too many wait already, or it takes too long. */
  rows<Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[]): Promise<readonly Row[]>;
}

export interface CostlyLimits {
  readonly atOnce: number;
  readonly waiting: number;
  /** For each query, its wait not included. */
  readonly timeoutMs: number;
}

const LIMITS: CostlyLimits = { atOnce: 2, waiting: 50, timeoutMs: 30_000 };
const QUERY_CANCELED = '57014';

export function createCostlyQueries({ pool }: Pick<Store, 'pool'>, limits: CostlyLimits = LIMITS): CostlyQueries {
  const turns = createTurns(limits.atOnce);
  return {
    async rows(statement, values) {
      if (turns.taken >= limits.atOnce && turns.waiting >= limits.waiting) {
        throw new UserError('Too many charts are asked for just now.', { hint: 'Try again in a minute.' });
      }
      await turns.take();
      try {
        return await ask(pool, { statement, values, timeoutMs: limits.timeoutMs });
      } finally {
        turns.pass();
      }
    },
  };
}

interface Question {
  readonly statement: string;
  readonly values: readonly unknown[];
  readonly timeoutMs: number;
}

async function ask<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  { statement, values, timeoutMs }: Question,
): Promise<readonly Row[]> {
  const client = await pool.connect();
  try {
    await client.query(`begin read only; set local statement_timeout = ${Math.round(timeoutMs)}`);
    const { rows } = await client.query<Row>(statement, [...values]);
    await client.query('commit');
    client.release();
    return rows;
  } catch (error) {
    // The server undoes what a broken connection has begun.
    client.release(true);
    throw error instanceof pg.DatabaseError && error.code === QUERY_CANCELED ? tooLong(error) : error;
  }
}

function tooLong(cause: unknown): UserError {
  return new UserError('So many samples take too long to read.', {
    hint: 'Ask for a shorter time or fewer hosts.',
    cause,
  });
}
