import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table inbox (
    id text primary key,
    kind text not null,
    payload text,
    owner text not null,
    received_at timestamptz not null default now(),
    begun_at timestamptz,
    attempts integer not null default 0,
    finished_at timestamptz,
    outcome text
  )`,
  'create index inbox_unfinished on inbox (owner) where finished_at is null',
  'create index inbox_finished on inbox (finished_at) where finished_at is not null',

  `create table audit (
    seq bigint primary key,
    entry text not null,
    prev text not null,
    hash text not null,
    at timestamptz not null,
    actor text not null,
    customer text,
    environment text
  )`,
  'create index audit_customer on audit (customer, seq)',
  'create index audit_actor on audit (actor, seq)',
  `create function refuse_audit_change() returns trigger language plpgsql as $$
    begin
      raise exception 'The audit log is append-only: % is refused.', tg_op using errcode = 'insufficient_privilege';
    end
  $$`,
  `create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function refuse_audit_change()`,

  `create table host_reports (
    customer text not null,
    environment text not null,
    host text not null,
    report text not null,
    checked_at timestamptz not null,
    primary key (customer, environment, host)
  )`,

  `create table replicas (
    id text primary key,
    machine text not null,
    pid integer not null,
    started_at text not null,
    seen timestamptz not null default now()
  )`,

  `create table kv (
    namespace text not null,
    key text not null,
    value text not null,
    expires_at timestamptz,
    primary key (namespace, key)
  )`,
  'create index kv_expires on kv (expires_at) where expires_at is not null',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(db);
  }
}
