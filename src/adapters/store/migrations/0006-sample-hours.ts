import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table sample_hours (
    host integer not null,
    hour timestamptz not null,
    ms integer[] not null,
    v real[] not null,
    primary key (host, hour)
  ) partition by range (hour)`,
  // Compressed, and in the row itself: an hour is one read.
  'alter table sample_hours alter column ms set storage main, alter column v set storage main',
];

/** Samples of days that are over: an hour of a host in one row, `v` one metric after the other. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(db);
  }
}
