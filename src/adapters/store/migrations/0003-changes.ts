import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table approvals (
    id text primary key,
    version integer not null default 1,
    customer text not null,
    environment text not null,
    status text not null,
    expires_at timestamptz not null,
    doc text not null,
    created_at timestamptz not null default now()
  )`,
  `create index approvals_pending on approvals (created_at) where status = 'pending'`,

  `create table break_glass (
    id text primary key,
    version integer not null default 1,
    customer text not null,
    environment text not null,
    until timestamptz not null,
    is_reviewed boolean not null default false,
    doc text not null,
    created_at timestamptz not null default now()
  )`,

  `create table rollouts (
    id text primary key,
    version integer not null default 1,
    customer text not null,
    environment text not null,
    is_open boolean not null,
    doc text not null,
    created_at timestamptz not null default now()
  )`,
  'create index rollouts_environment on rollouts (customer, environment, created_at)',

  `create table rollout_hosts (
    rollout text not null references rollouts (id) on delete cascade,
    host text not null,
    wave integer not null,
    state text not null,
    doc text not null,
    primary key (rollout, host)
  )`,

  `create table environment_locks (
    customer text not null,
    environment text not null,
    owner text not null,
    holder text not null,
    reason text not null,
    taken_at timestamptz not null default now(),
    primary key (customer, environment)
  )`,

  `create table maintenances (
    customer text not null,
    environment text not null,
    host text not null,
    owner text not null,
    reason text not null,
    until timestamptz not null,
    primary key (customer, environment, host, owner)
  )`,

  `create table pending_security (
    customer text not null,
    environment text not null,
    host text not null,
    package text not null,
    version text not null,
    first_seen timestamptz not null default now(),
    primary key (customer, environment, host, package, version)
  )`,
];

/** Approvals, rollouts and what goes with them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(db);
  }
}
