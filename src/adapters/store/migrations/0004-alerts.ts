import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table alert_boards (
    customer text not null,
    environment text not null,
    doc text not null,
    primary key (customer, environment)
  )`,
  `create table alert_groups (
    id text primary key,
    customer text not null,
    environment text not null,
    signal text not null,
    begun_at timestamptz not null,
    ended_at timestamptz not null,
    doc text not null
  )`,
  'create index alert_groups_environment on alert_groups (customer, environment, ended_at)',
  `create table silences (
    id text primary key,
    customer text not null,
    environment text not null,
    until timestamptz not null,
    doc text not null
  )`,
  `create table leases (
    name text primary key,
    owner text not null,
    until timestamptz not null
  )`,
  `create table sampled_hosts (
    id integer generated always as identity primary key,
    customer text not null,
    environment text not null,
    host text not null,
    unique (customer, environment, host)
  )`,
  `create table samples (
    host integer not null,
    at timestamptz not null,
    v real[] not null,
    primary key (host, at)
  ) partition by range (at)`,
];

/** What is watched, what was told, and who watches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(db);
  }
}
