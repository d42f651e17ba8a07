import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table grants (
    id text primary key,
    customer text not null,
    environment text not null,
    user_id text not null,
    state text not null,
    until timestamptz not null,
    requested_at timestamptz not null,
    doc text not null
  )`,
  'create index grants_customer on grants (customer, requested_at desc)',
  `create index grants_open on grants (until) where state in ('granting', 'active', 'ending')`,
  `create table grant_hosts (
    grant_id text not null references grants (id),
    host text not null,
    state text not null,
    doc text not null,
    primary key (grant_id, host)
  )`,
];

/** Who may read what until when, and where accounts of it are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(db);
  }
}
