import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table deliveries (
    key text primary key,
    incident text not null,
    customer text not null,
    doc text not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'not_needed')),
    due_at timestamptz not null,
    claimed_until timestamptz,
    attempts integer not null default 0,
    last text,
    created_at timestamptz not null default now(),
    settled_at timestamptz
  )`,
  `create index deliveries_due on deliveries (due_at) where state = 'waiting'`,
  'create index deliveries_incident on deliveries (incident)',
  `create table web_links (
    hash text primary key,
    person text not null,
    path text not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create table web_sessions (
    hash text primary key,
    person text not null,
    begun_at timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at timestamptz
  )`,
  `create table email_verifications (
    customer text primary key,
    domain text not null,
    doc text not null,
    begun_at timestamptz not null,
    ended_at timestamptz
  )`,
  `create table certificates (
    customer text not null,
    environment text not null,
    host text not null,
    doc text not null,
    checked_at timestamptz not null,
    primary key (customer, environment, host)
  )`,
  'create index alert_groups_begun on alert_groups (customer, environment, begun_at)',
];

/** What leaves Slack: mails, messages, web pages; and what they show beside alerts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) {
    await sql.raw(statement).execute(db);
  }
}
