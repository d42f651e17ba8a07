import { type Kysely, sql } from 'kysely';

/** One row a message: what it shall show and what it shows. Lanes pace the posts of a channel. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbox (
      key text primary key,
      lane text not null,
      address jsonb not null,
      message json not null,
      wanted_version int not null default 1,
      sent_version int not null default 0,
      posted_channel text,
      posted_ts text,
      attempts int not null default 0,
      next_at timestamptz not null default now(),
      claimed_until timestamptz,
      failed_at timestamptz,
      error text,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index outbox_unsent on outbox (lane) where wanted_version > sent_version and failed_at is null`.execute(
    db,
  );
  await sql`
    create table outbox_lanes (
      lane text primary key,
      next_post_at timestamptz not null default now(),
      paused_until timestamptz not null default now()
    )`.execute(db);
}
